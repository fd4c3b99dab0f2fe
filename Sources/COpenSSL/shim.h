#ifndef GAD_COPENSSL_SHIM_H
#define GAD_COPENSSL_SHIM_H

#include <openssl/crypto.h>

/* The version of the libcrypto that is loaded, such as "OpenSSL 3.0.15 3 Sep 2024". */
static inline const char *gad_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION); }

#endif

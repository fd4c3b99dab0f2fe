#ifndef GAD_COPENSSL_SHIM_H
#define GAD_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

/* The version of the libcrypto that is loaded, such as "OpenSSL 3.0.15 3 Sep 2024". */
static inline const char *gad_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION); }

/* Whom a connection must be to, and what came of looking. */
typedef struct {
    /* The URI that must be among the alternative names of the peer's certificate; terminated by a zero. */
    const char *uri;
    /* X509_V_OK, or why the certificate's chain was refused. */
    long error;
    /* Not zero where the chain is right and the URI is not among the names. */
    int is_other;
    /* The first URI that is, cut to what fits; empty for none. */
    char found[256];
    /* When the certificate ends, in seconds since 1970; 0 where that is not known. */
    long long ends;
} gad_peer_check;

static inline long long gad_certificate_end(const X509 *certificate) {
    struct tm time;
    return ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) == 1 ? (long long)timegm(&time) : 0;
}

/* When the first certificate of a PEM file ends, in seconds since 1970; 0 where the file holds none. */
static inline long long gad_certificate_file_end(const char *path) {
    BIO *file = BIO_new_file(path, "r");
    X509 *certificate = file != NULL ? PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
    long long end = certificate != NULL ? gad_certificate_end(certificate) : 0;
    X509_free(certificate);
    BIO_free(file);
    ERR_clear_error();
    return end;
}

static inline int gad_peer_has_uri(X509 *certificate, gad_peer_check *check) {
    int matches = 0;
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type != GEN_URI) continue;
        const unsigned char *bytes = ASN1_STRING_get0_data(name->d.uniformResourceIdentifier);
        size_t length = (size_t)ASN1_STRING_length(name->d.uniformResourceIdentifier);
        if (check->found[0] == 0) {
            size_t kept = length < sizeof check->found ? length : sizeof check->found - 1;
            memcpy(check->found, bytes, kept);
            check->found[kept] = 0;
        }
        /* By length, so that a zero inside a name does not end it. */
        if (length == strlen(check->uri) && memcmp(bytes, check->uri, length) == 0) matches = 1;
    }
    GENERAL_NAMES_free(names);
    return matches;
}

/* In the place of OpenSSL's own verification: that one, and then the peer's name. */
static inline int gad_verify_peer(X509_STORE_CTX *store, void *argument) {
    gad_peer_check *check = argument;
    int verified = X509_verify_cert(store);
    check->error = X509_STORE_CTX_get_error(store);
    if (verified <= 0) return 0;
    X509 *certificate = X509_STORE_CTX_get0_cert(store);
    if (certificate != NULL) check->ends = gad_certificate_end(certificate);
    if (certificate != NULL && gad_peer_has_uri(certificate, check)) return 1;
    check->is_other = 1;
    X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
    return 0;
}

/* Makes every handshake of the context check its peer; `check` must outlive the connection. */
static inline void gad_check_peer(void *context, gad_peer_check *check) {
    SSL_CTX_set_verify((SSL_CTX *)context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback((SSL_CTX *)context, gad_verify_peer, check);
}

static inline const char *gad_verify_words(long error) { return X509_verify_cert_error_string(error); }

#endif

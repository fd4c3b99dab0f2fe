#ifndef GAD_CCURL_SHIM_H
#define GAD_CCURL_SHIM_H

/* The type checks are macros around the variadic calls; the shims below are typed themselves. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic and so do not import into Swift:
   one shim for each type of argument. */

static inline CURLcode gad_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gad_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gad_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gad_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gad_curl_set_write(CURL *easy, curl_write_callback value) {
    return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, value);
}

static inline CURLcode gad_curl_set_ssl_context(CURL *easy, curl_ssl_ctx_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, value);
}

static inline CURLcode gad_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode gad_curl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}
static inline CURLMcode gad_curl_multi_set_socket(CURLM *multi, curl_socket_callback value) {
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}
static inline CURLMcode gad_curl_multi_set_timer(CURLM *multi, curl_multi_timer_callback value) {
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, value);
}

static const curl_socket_t gad_curl_socket_timeout = CURL_SOCKET_TIMEOUT;
static const CURLversion gad_curl_version_now = CURLVERSION_NOW;
static const long gad_curl_global_all = CURL_GLOBAL_ALL;
static const long gad_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const size_t gad_curl_error_size = CURL_ERROR_SIZE;
static const long gad_curl_http_1_1 = CURL_HTTP_VERSION_1_1;

#endif

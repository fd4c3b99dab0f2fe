#ifndef CHIREDIS_SHIM_H
#define CHIREDIS_SHIM_H

// Typed access to hiredis, alike over 0.14 (Debian 12) and 1.x: reading replies and formatting commands.
// Connections are not here: SwiftNIO carries the bytes.

#include <hiredis/hiredis.h>
#include <stdlib.h>

/// The reply types of RESP2; a type that only RESP3 knows is `other`.
typedef enum chiredis_kind {
    chiredis_kind_string,
    chiredis_kind_status,
    chiredis_kind_error,
    chiredis_kind_integer,
    chiredis_kind_null,
    chiredis_kind_array,
    chiredis_kind_other,
} chiredis_kind;

#if HIREDIS_MAJOR < 1
/// hiredis before 1.0 allocates as many elements as an array's header claims. This table of functions, which the
/// reader carries as its private data, refuses an array over the bound before it is allocated.
typedef struct chiredis_bounded {
    redisReplyObjectFunctions functions;
    redisReplyObjectFunctions *standard;
    int maximum_elements;
    int refused;
} chiredis_bounded;

static inline void *chiredis_create_bounded_array(const redisReadTask *task, int elements) {
    chiredis_bounded *bounded = (chiredis_bounded *)task->privdata;
    bounded->refused = elements > bounded->maximum_elements;
    return bounded->refused ? NULL : bounded->standard->createArray(task, elements);
}

static inline int chiredis_bound_elements(redisReader *reader, int maximum_elements) {
    chiredis_bounded *bounded = (chiredis_bounded *)malloc(sizeof *bounded);
    if (bounded == NULL) return REDIS_ERR;
    bounded->functions = *reader->fn;
    bounded->functions.createArray = chiredis_create_bounded_array;
    bounded->standard = reader->fn;
    bounded->maximum_elements = maximum_elements;
    bounded->refused = 0;
    reader->fn = &bounded->functions;
    reader->privdata = bounded;
    return REDIS_OK;
}
#else
static inline int chiredis_bound_elements(redisReader *reader, int maximum_elements) {
    reader->maxelements = maximum_elements;
    return REDIS_OK;
}
#endif

/// A reader that refuses arrays of more than `maximum_elements`; NULL when memory is out.
static inline redisReader *chiredis_reader_create(int maximum_elements) {
    redisReader *reader = redisReaderCreate();
    if (reader == NULL) return NULL;
    if (chiredis_bound_elements(reader, maximum_elements) == REDIS_OK) return reader;
    redisReaderFree(reader);
    return NULL;
}

static inline void chiredis_reader_free(redisReader *reader) {
    void *bounded = reader->privdata;
    redisReaderFree(reader);
    free(bounded);
}

static inline int chiredis_reader_feed(redisReader *reader, const void *bytes, size_t count) {
    return redisReaderFeed(reader, (const char *)bytes, count) == REDIS_OK;
}

/// Parses one reply. Returns 0 on a protocol error; `*reply` is NULL while the reply is not whole.
static inline int chiredis_reader_next(redisReader *reader, redisReply **reply) {
    void *parsed = NULL;
    int status = redisReaderGetReply(reader, &parsed);
    *reply = (redisReply *)parsed;
    return status == REDIS_OK;
}

/// Bytes fed and not yet parsed.
static inline size_t chiredis_reader_pending(const redisReader *reader) { return reader->len - reader->pos; }

static inline const char *chiredis_reader_error(const redisReader *reader) {
#if HIREDIS_MAJOR < 1
    // hiredis takes the refusal for a failed allocation.
    if (((const chiredis_bounded *)reader->privdata)->refused) return "Multi-bulk length out of range";
#endif
    return reader->errstr;
}

static inline chiredis_kind chiredis_reply_kind(const redisReply *reply) {
    switch (reply->type) {
    case REDIS_REPLY_STRING: return chiredis_kind_string;
    case REDIS_REPLY_STATUS: return chiredis_kind_status;
    case REDIS_REPLY_ERROR: return chiredis_kind_error;
    case REDIS_REPLY_INTEGER: return chiredis_kind_integer;
    case REDIS_REPLY_NIL: return chiredis_kind_null;
    case REDIS_REPLY_ARRAY: return chiredis_kind_array;
    default: return chiredis_kind_other;
    }
}

static inline const char *chiredis_reply_bytes(const redisReply *reply) { return reply->str; }
static inline size_t chiredis_reply_length(const redisReply *reply) { return reply->len; }
static inline long long chiredis_reply_integer(const redisReply *reply) { return reply->integer; }
static inline size_t chiredis_reply_elements(const redisReply *reply) { return reply->elements; }
static inline const redisReply *chiredis_reply_element(const redisReply *reply, size_t index) {
    return reply->element[index];
}
static inline void chiredis_reply_free(redisReply *reply) { freeReplyObject(reply); }

/// The command as RESP in `*target`, to be given to `chiredis_command_free`; returns its length, or less than 0.
static inline long long chiredis_command_format(
    char **target, int count, const char *const *arguments, const size_t *lengths
) {
    return redisFormatCommandArgv(target, count, (const char **)arguments, lengths);
}

static inline void chiredis_command_free(char *command) { redisFreeCommand(command); }

#endif

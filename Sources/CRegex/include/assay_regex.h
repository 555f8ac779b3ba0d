// RE2 for Swift: regular expressions that match in time linear in the text, whatever the expression.
//
// Handles are immutable once compiled: one may be used by several threads at a time. Texts are UTF-8 with a
// length, borrowed for the call. No function throws, and none keeps a pointer it was given.
#ifndef ASSAY_REGEX_H
#define ASSAY_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// A compiled expression.
typedef struct assay_regex assay_regex_t;

// Compiles an expression in RE2 syntax, within `memory_limit` bytes. On failure returns null and writes the
// reason, cut to fit and terminated by a zero, to `reason`. The caller frees the result with
// `assay_regex_free`.
assay_regex_t *assay_regex_compile(const char *pattern, size_t length, size_t memory_limit, char *reason,
                                   size_t reason_size);

// Frees a handle; null is allowed.
void assay_regex_free(assay_regex_t *regex);

// Whether the whole text matches.
bool assay_regex_matches_whole(const assay_regex_t *regex, const char *text, size_t length);

// Finds the leftmost match that begins at `start` or later. Returns whether there is one, and if so its first
// byte and the byte after its last.
bool assay_regex_find(const assay_regex_t *regex, const char *text, size_t length, size_t start,
                      size_t *match_start, size_t *match_end);

#ifdef __cplusplus
}
#endif

#endif

#include "assay_regex.h"

#include <cstdio>
#include <new>

#include <re2/re2.h>

struct assay_regex {
  assay_regex(re2::StringPiece pattern, const RE2::Options &options) : expression(pattern, options) {}
  RE2 expression;
};

assay_regex_t *assay_regex_compile(const char *pattern, size_t length, size_t memory_limit, char *reason,
                                   size_t reason_size) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<int64_t>(memory_limit));
  auto *regex = new (std::nothrow) assay_regex(re2::StringPiece(pattern, length), options);
  if (regex != nullptr && regex->expression.ok()) return regex;
  if (reason_size > 0) {
    const char *message = regex != nullptr ? regex->expression.error().c_str() : "out of memory";
    std::snprintf(reason, reason_size, "%s", message);
  }
  delete regex;
  return nullptr;
}

void assay_regex_free(assay_regex_t *regex) { delete regex; }

bool assay_regex_matches_whole(const assay_regex_t *regex, const char *text, size_t length) {
  return regex->expression.Match(re2::StringPiece(text, length), 0, length, RE2::ANCHOR_BOTH, nullptr, 0);
}

bool assay_regex_find(const assay_regex_t *regex, const char *text, size_t length, size_t start,
                      size_t *match_start, size_t *match_end) {
  re2::StringPiece found;
  if (start > length) return false;
  if (!regex->expression.Match(re2::StringPiece(text, length), start, length, RE2::UNANCHORED, &found, 1))
    return false;
  *match_start = static_cast<size_t>(found.data() - text);
  *match_end = *match_start + found.size();
  return true;
}

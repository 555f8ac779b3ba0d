/* For plugin authors in C: the export, a message, what every comparator begins with, and how a record is read.
 * Header only. */
#ifndef ASSAY_PLUGIN_AUTHOR_H
#define ASSAY_PLUGIN_AUTHOR_H

#include <math.h>
#include <string.h>

#include "assay_plugin.h"

/* Makes the entry point the one visible symbol; everything else in a plugin is static. */
#define ASSAY_EXPORT __attribute__((visibility("default"), used))

/* Exports descriptors: `ASSAY_PLUGINS(&first, &second)`. */
#define ASSAY_PLUGINS(...)                                                         \
  ASSAY_EXPORT const assay_plugin_t *const *assay_plugin_entry(size_t *count);     \
  const assay_plugin_t *const *assay_plugin_entry(size_t *count) {                 \
    static const assay_plugin_t *const assay_plugins[] = {__VA_ARGS__};            \
    *count = sizeof assay_plugins / sizeof assay_plugins[0];                       \
    return assay_plugins;                                                          \
  }                                                                                \
  typedef int assay_plugins_end_with_a_semicolon

/* Stores a message and answers the status, for `return assay_say(...)`. */
static inline assay_status_t assay_say(assay_message_t *message, const char *text, assay_status_t status) {
  size_t length = strlen(text);
  if (message && message->bytes) {
    message->length = length < message->capacity ? length : message->capacity;
    memcpy(message->bytes, text, message->length);
  }
  return status;
}

/* The sum of `bins` counts. */
static inline int64_t assay_total(const int64_t *counts, size_t bins) {
  int64_t total = 0;
  for (size_t i = 0; i < bins; i++) total += counts[i];
  return total;
}

/* a b - c d to within two roundings, also where the products nearly cancel (Kahan). A comparator looks at differences of
 * shares, and without drift these are all but rounding. */
static inline double assay_difference_of_products(double a, double b, double c, double d) {
  double product = c * d;
  double lost = fma(-c, d, product);
  return fma(a, b, -product) + lost;
}

/* The share of a bin on the current side less that on the reference. */
static inline double assay_share_difference(double reference, double reference_total, double current,
                                            double current_total) {
  return assay_difference_of_products(current, reference_total, reference, current_total) /
         (reference_total * current_total);
}

/* One statistic of one pair of sides: counts and their (positive) totals. */
typedef double (*assay_pair_statistic_t)(const assay_counts_t *counts, const int64_t *current, double reference_total,
                                         double current_total, const double *parameters);

/* Calls `statistic` for every row, with `counts->reference` the row's own reference. An empty side is not applicable: there
 * is no distribution to compare. */
static inline assay_status_t assay_for_each_row(const assay_counts_t *counts, const double *parameters,
                                                double *statistics, assay_message_t *message,
                                                assay_pair_statistic_t statistic) {
  assay_counts_t pair = *counts;
  pair.reference_rows = pair.current_rows = 1;
  for (size_t row = 0; row < counts->current_rows; row++) {
    pair.reference = counts->reference + (counts->reference_rows == 1 ? 0 : row * counts->bins);
    pair.current = counts->current + row * counts->bins;
    int64_t reference_total = assay_total(pair.reference, pair.bins);
    if (reference_total <= 0) return assay_say(message, "the reference is empty", ASSAY_STATUS_NOT_APPLICABLE);
    int64_t current_total = assay_total(pair.current, pair.bins);
    if (current_total <= 0) return assay_say(message, "the current side is empty", ASSAY_STATUS_NOT_APPLICABLE);
    statistics[row] = statistic(&pair, pair.current, (double)reference_total, (double)current_total, parameters);
  }
  return ASSAY_STATUS_OK;
}

/* A plugin's own facts, for the macros below: `ASSAY_ABOUT(.id = ..., .title = ..., .summary = ...)`. */
#define ASSAY_ABOUT(...) __VA_ARGS__

/* Declares the plugin `plugin`, a comparator: what it is about, then the fields of its `assay_comparator_t`. */
#define ASSAY_COMPARATOR(plugin, about, ...)                          \
  static const assay_comparator_t plugin##_comparator = {             \
      .struct_size = sizeof(assay_comparator_t),                      \
      __VA_ARGS__,                                                    \
  };                                                                  \
  static const assay_plugin_t plugin = {                              \
      .struct_size = sizeof(assay_plugin_t),                          \
      .abi_major = ASSAY_ABI_MAJOR,                                   \
      .abi_minor = ASSAY_ABI_MINOR,                                   \
      .kind = ASSAY_KIND_COMPARATOR,                                  \
      .comparator = &plugin##_comparator,                             \
      about,                                                          \
  }

/* As above for a comparator over counts with an `assay_pair_statistic_t`; defines `plugin_compare`, which calls it for each
 * row. */
#define ASSAY_COUNTS_COMPARATOR(plugin, pair_statistic, about, ...)                                          \
  static assay_status_t plugin##_compare(const assay_counts_t *counts, const double *parameters,             \
                                         double *statistics, assay_message_t *message) {                     \
    return assay_for_each_row(counts, parameters, statistics, message, pair_statistic);                      \
  }                                                                                                          \
  ASSAY_COMPARATOR(plugin, ASSAY_ABOUT(about), .input = ASSAY_INPUT_COUNTS, .compare_counts = plugin##_compare, \
                   __VA_ARGS__)

/* The value of that name among a record's fields or features; NULL where there is none. */
static inline const assay_value_t *assay_value_named(const assay_value_t *values, size_t count, const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; i < count; i++)
    if (values[i].name.length == length && memcmp(values[i].name.bytes, name, length) == 0) return &values[i];
  return NULL;
}

/* Copies `length` bytes of UTF-8 into the room of an `assay_outputs_t` or `assay_findings_t`, and points `text` there.
 * Answers 0, and leaves all as it was, where they do not fit. */
static inline int assay_store_text(char *room, size_t capacity, size_t *used, const char *bytes, size_t length,
                                   assay_text_t *text) {
  if (length > capacity - *used) return 0;
  memcpy(room + *used, bytes, length);
  *text = (assay_text_t){room + *used, length};
  *used += length;
  return 1;
}

/* BT.601 luma of one pixel as assay measures it, 0 to 255; of 16-bit samples, that of their upper halves. */
static inline uint32_t assay_luma(const assay_image_t *image, uint32_t x, uint32_t y) {
  const uint8_t *pixel =
      (const uint8_t *)image->pixels + y * image->row_bytes + (size_t)x * image->channels * image->sample_bytes;
  uint32_t samples[3];
  uint32_t colors = image->channels >= 3 ? 3 : 1;
  for (uint32_t c = 0; c < 3; c++) {
    const uint8_t *sample = pixel + (colors == 3 ? c : 0) * image->sample_bytes;
    uint16_t wide;
    if (image->sample_bytes == 2) memcpy(&wide, sample, sizeof wide);
    samples[c] = image->sample_bytes == 2 ? wide >> 8 : *sample;
  }
  return (19595 * samples[0] + 38470 * samples[1] + 7471 * samples[2] + 32768) >> 16;
}

#endif

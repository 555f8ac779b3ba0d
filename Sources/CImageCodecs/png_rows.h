#ifndef PNG_ROWS_H
#define PNG_ROWS_H

/* Rows of a PNG: undoing the filters, and expanding stored samples to sink pixels. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the header chunks say, as far as rows need it. */
typedef struct {
  uint32_t width, height;
  uint8_t depth;      /* 1, 2, 4, 8 or 16 bits a sample */
  uint8_t color_type; /* 0 gray, 2 RGB, 3 palette, 4 gray + alpha, 6 RGBA */
  bool interlaced;
  uint32_t palette_count;
  uint8_t palette[256][4]; /* RGBA; opaque black beyond the count */
  bool has_palette_alpha;
  bool has_key; /* tRNS of gray or RGB: the colour that is transparent */
  uint16_t key[3];
} png_layout_t;

/* Samples a stored pixel has. */
uint32_t png_samples(const png_layout_t *layout);

/* Channels of the expanded image: 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA. */
uint32_t png_channels(const png_layout_t *layout);

/* Bytes of a stored row of that width, without its filter byte. */
size_t png_row_bytes(const png_layout_t *layout, uint32_t width);

/* Undoes one row's filter in place. `above` is the row above, all zero for the first; `distance` the bytes of a whole
 * pixel, at least 1. False for an unknown filter. */
bool png_unfilter(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t distance);

/* Expands a stored row to sink pixels: gray as 1 sample, everything else as R, G, B, A; 8 bits, or 16 in the machine's
 * byte order. Gray of 1, 2 and 4 bits is scaled to 255. False if a palette index has no entry. */
bool png_expand_row(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint8_t *out);

/* Marks the raw sample values of a row in a set of 65,536 bits; alpha does not count. */
void png_collect_row(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint64_t *values);

#endif

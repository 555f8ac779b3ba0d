#ifndef PNG_ROWS_H
#define PNG_ROWS_H

/* What the rows of a PNG are made of, and how 8-bit samples become sink pixels. */

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

/* Bytes of a stored row, without its filter byte. */
size_t png_row_bytes(const png_layout_t *layout);

/* Expands a row of gray, gray + alpha or palette indices, 8 bits each and without tRNS, to sink pixels: gray as 1
 * sample, everything else as R, G, B, A. RGB and RGBA are sink pixels already. False if a palette index has no
 * entry. */
bool png_expand_row(const png_layout_t *layout, const uint8_t *row, uint8_t *out);

/* Expands the palette indices at x = start, start + step ... to R, G, B, A. False if one has no entry. */
bool png_expand_indices(
  const png_layout_t *layout, const uint8_t *restrict row, uint32_t start, uint32_t step, uint8_t *restrict out);

/* Marks the raw sample values of the pixels at x = start, start + step ... in a set of 65,536 bits; alpha does not
 * count. `row` has palette indices, 1 byte each, or sink pixels. */
void png_collect_row(
  const png_layout_t *layout, const uint8_t *row, uint32_t start, uint32_t step, uint64_t *values);

#endif

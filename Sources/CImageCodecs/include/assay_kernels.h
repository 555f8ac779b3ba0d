#ifndef ASSAY_KERNELS_H
#define ASSAY_KERNELS_H

/* The pixel kernels: integer only, one row at a time, each beside a plain version that defines it.
 *
 * A kernel and its `_plain` twin return the same bits for every input; the tests hold them to that. No kernel
 * reads or writes outside the ranges its comment names, and none keeps state. Rows may be unaligned.
 */

#include <stddef.h>
#include <stdint.h>

/* Sums over pixels that need R, G and B together. */
typedef struct {
  uint64_t red_green_squares;   /* sum of (R - G)^2 */
  uint64_t yellow_blue_squares; /* sum of (R + G - 2B)^2 */
  uint64_t chroma;              /* sum of max - min */
  uint64_t chroma_above_8;      /* pixels with max - min > 8 */
  uint64_t chroma_above_0;      /* pixels with max - min > 0 */
  uint64_t low_pixels;          /* pixels with a channel at 0 */
  uint64_t high_pixels;         /* pixels with a channel at 255 */
  uint32_t max_chroma;          /* largest max - min */
} assay_color_sums_t;

/* Sums over neighbourhoods of luma. */
typedef struct {
  int64_t laplacian;          /* sum of up + down + left + right - 4 centre, interior pixels */
  uint64_t laplacian_squares; /* sum of its square */
  uint64_t immerkaer;         /* sum of |[1 -2 1; -2 4 -2; 1 -2 1]|, interior pixels */
  uint64_t interior;          /* interior pixels */
  uint64_t steps_on;          /* sum of |step| between index 8k + 7 and 8k + 8, both directions */
  uint64_t steps_off;         /* sum of |step| elsewhere */
  uint64_t steps_on_count;
  uint64_t steps_off_count;
} assay_neighbour_sums_t;

/* Splits `n` pixels of 4 bytes (R, G, B, ignored) into planes, and takes luma
 * Y = (19595 R + 38470 G + 7471 B + 32768) >> 16. */
void assay_split_rgbx(const uint8_t *rgbx, size_t n, uint8_t *r, uint8_t *g, uint8_t *b, uint8_t *y);
void assay_split_rgbx_plain(const uint8_t *rgbx, size_t n, uint8_t *r, uint8_t *g, uint8_t *b, uint8_t *y);

/* Adds `n` pixels of three planes to `sums`. */
void assay_add_color(const uint8_t *r, const uint8_t *g, const uint8_t *b, size_t n, assay_color_sums_t *sums);
void assay_add_color_plain(
  const uint8_t *r, const uint8_t *g, const uint8_t *b, size_t n, assay_color_sums_t *sums);

/* Adds the interior pixels of row `mid` (`n` wide, between `up` and `down`) to the Laplacian and noise sums. */
void assay_add_interior(
  const uint8_t *up, const uint8_t *mid, const uint8_t *down, size_t n, assay_neighbour_sums_t *sums);
void assay_add_interior_plain(
  const uint8_t *up, const uint8_t *mid, const uint8_t *down, size_t n, assay_neighbour_sums_t *sums);

/* Adds the steps between neighbours of one row. */
void assay_add_steps(const uint8_t *row, size_t n, assay_neighbour_sums_t *sums);
void assay_add_steps_plain(const uint8_t *row, size_t n, assay_neighbour_sums_t *sums);

/* The sum of |a[i] - b[i]|. */
uint64_t assay_sum_distance(const uint8_t *a, const uint8_t *b, size_t n);
uint64_t assay_sum_distance_plain(const uint8_t *a, const uint8_t *b, size_t n);

/* The sum of a row. */
uint64_t assay_sum_row(const uint8_t *row, size_t n);
uint64_t assay_sum_row_plain(const uint8_t *row, size_t n);

/* columns[i] += row[i]; the caller sees to it that no more than 257 rows meet in one column. */
void assay_add_columns(uint16_t *columns, const uint8_t *row, size_t n);
void assay_add_columns_plain(uint16_t *columns, const uint8_t *row, size_t n);

/* band[i] += weight * columns[i]. */
void assay_add_weighted(uint32_t *band, const uint16_t *columns, uint32_t weight, size_t n);
void assay_add_weighted_plain(uint32_t *band, const uint16_t *columns, uint32_t weight, size_t n);

/* blocks[i] += the sum of columns[i * k ..< i * k + k], for `count` blocks. */
void assay_add_blocks(uint32_t *blocks, const uint16_t *columns, size_t count, size_t k);
void assay_add_blocks_plain(uint32_t *blocks, const uint16_t *columns, size_t count, size_t k);

/* out[i] = sums[i] / area, half rounded up; sums[i] <= 255 area, area in 1 ... 2^22. */
void assay_block_means(uint8_t *out, const uint32_t *sums, uint32_t area, size_t count);
void assay_block_means_plain(uint8_t *out, const uint32_t *sums, uint32_t area, size_t count);

/* PNG filter types: none, sub, up, average, Paeth. */
#define ASSAY_PNG_FILTERS 5

/* Undoes the filter of one PNG row of `count` bytes in place. `filter` is below ASSAY_PNG_FILTERS, `above` the row
 * above with its filter undone, all zero for the first; `pixel` the bytes of a whole pixel, 1 or 2; `count` is a
 * multiple of it. */
void assay_unfilter(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel);
void assay_unfilter_plain(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel);

/* The same for `n` pixels of `size` bytes, 3 or 4, that become pixels of 4 bytes: the fourth of RGB is 255. `above` has
 * the pixels of the row above as this made them, or zeros. `out` overlaps neither. */
void assay_unfilter_pixels(
  uint8_t filter, const uint8_t *row, const uint8_t *above, uint8_t *out, size_t n, size_t size);
void assay_unfilter_pixels_plain(
  uint8_t filter, const uint8_t *row, const uint8_t *above, uint8_t *out, size_t n, size_t size);

#endif

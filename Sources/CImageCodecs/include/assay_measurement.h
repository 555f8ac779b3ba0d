#ifndef ASSAY_MEASUREMENT_H
#define ASSAY_MEASUREMENT_H

/* Everything measured on one image, as integers: one pass, row by row, whatever the rows come from. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assay_kernels.h"

/* The sums of one image. R, G, B and Y are 8-bit code values; Y is BT.601 luma. */
typedef struct {
  uint32_t width;
  uint32_t height;
  /* Pixels counted by every sum and histogram but those of `native`, `reduced`, the layout, the red-blue
   * histogram, the thumbnail and the hashes, which see transparent pixels as stored. */
  uint64_t pixels;
  /* Pixels whose alpha is 0; pixels + transparent = width x height. */
  uint64_t transparent;
  uint64_t sum_r, sum_g, sum_b, sum_y, sum_y_squares;
  int64_t sum_red_green;   /* sum of R - G */
  int64_t sum_yellow_blue; /* sum of R + G - 2B */
  assay_color_sums_t color;
  assay_neighbour_sums_t native;
  /* The same over the reduction to at most 256 pixels a side. */
  assay_neighbour_sums_t reduced;
  /* Sums of luma: halves without the middle row or column of an odd side; centre [w/4, 3w/4) x [h/4, 3h/4). */
  uint64_t top, bottom, left, right, center, edge;
  uint64_t center_pixels, edge_pixels;
  /* Counts by code value, channels R, G, B, Y. */
  uint32_t histogram[4][256];
  /* Of 16-bit images: counts of the top 8 bits, Y being the luma of those. Equal to `histogram` otherwise. */
  uint32_t top_histogram[4][256];
  /* Joint counts of R >> 4 and B >> 4 on the reduction. */
  uint32_t red_blue[16][16];
  /* Exact area averages, half rounded up. */
  uint8_t thumbnail[8][8][3];
  uint64_t difference_hash;
  uint64_t perceptual_hash;
} assay_measurement_t;

/* The arrays of a measurement as flat memory, in the order of their declaration. */
static inline const uint32_t *assay_measured_histogram(const assay_measurement_t *measurement)
{
  return measurement->histogram[0];
}
static inline const uint32_t *assay_measured_top_histogram(const assay_measurement_t *measurement)
{
  return measurement->top_histogram[0];
}
static inline const uint32_t *assay_measured_red_blue(const assay_measurement_t *measurement)
{
  return measurement->red_blue[0];
}
static inline const uint8_t *assay_measured_thumbnail(const assay_measurement_t *measurement)
{
  return measurement->thumbnail[0][0];
}

/* What the rows given to a meter look like. */
typedef enum {
  ASSAY_ROWS_GRAY = 0, /* 1 byte a pixel: R = G = B */
  ASSAY_ROWS_RGBX = 1, /* 4 bytes a pixel, the fourth ignored */
  ASSAY_ROWS_RGBA = 2, /* 4 bytes a pixel, transparent where the fourth is 0 */
} assay_row_kind_t;

/* A meter: the state of one measurement and its buffers, kept from image to image. */
typedef struct assay_meter assay_meter_t;

/* A new meter, or null where memory is short. The caller destroys it. One thread at a time. */
assay_meter_t *assay_meter_create(void);
void assay_meter_destroy(assay_meter_t *meter);

/* What no image may pass, whatever the limits: sums are proven to fit below these. */
#define ASSAY_MAX_SIDE (1u << 22)
#define ASSAY_MAX_PIXELS (1ull << 30)

/* Starts an image; false where memory is short. Width and height are in 1 ... ASSAY_MAX_SIDE, their product at
 * most ASSAY_MAX_PIXELS. `top` says that assay_meter_add_top is called for every row. */
bool assay_meter_begin(assay_meter_t *meter, uint32_t width, uint32_t height, assay_row_kind_t kind, bool top);

/* Adds the next row, from the top down. */
void assay_meter_add(assay_meter_t *meter, const uint8_t *row);

/* Adds the top 8 bits of a row of 16-bit samples, in the same layout, to `top_histogram`. */
void assay_meter_add_top(assay_meter_t *meter, const uint8_t *row);

/* Ends the image. Every row must have been added. The result stays valid until the next begin. */
const assay_measurement_t *assay_meter_end(assay_meter_t *meter);

/* The symmetries of a rectangle other than leaving it as it is. */
enum { ASSAY_TURNS = 7 };

/* The perceptual hashes of the image of the last assay_meter_end, to the bit as if its pixels had been turned: mirrored
 * left to right, flipped top to bottom, rotated by 180 degrees, mirrored along the diagonal, rotated by 90 degrees to the
 * right and to the left, mirrored along the other diagonal. */
void assay_meter_turned_hashes(const assay_meter_t *meter, uint64_t hashes[ASSAY_TURNS]);

/* The bytes a meter needs for that width, for limits. */
size_t assay_meter_memory(uint32_t width);

#endif

#ifndef REDUCED_IMAGE_H
#define REDUCED_IMAGE_H

/* The image with its longer side at most 256 pixels, each the mean of a block of pixels: what is measured at a size that
 * all images share. A smaller image is its own reduction (`factor` 1), and no blocks are kept. */

#include <stdbool.h>
#include <stdint.h>

#include "assay_measurement.h"
#include "luma_ring.h"

/* The order of planes and their sums. */
enum { RED, GREEN, BLUE, LUMA, CHANNELS };
enum { REDUCED_SIDE = 256 };

typedef struct {
  /* Blocks of block_width x block_height pixels, width x height of them. */
  uint32_t factor, block_width, block_height, width, height;
  uint32_t blocks[CHANNELS][REDUCED_SIDE];
  uint8_t rows[3][REDUCED_SIDE];
  luma_ring_t ring;
  uint32_t red_blue_banks[4][256];
} reduced_image_t;

/* Starts the reduction of an image of that size. */
void reduced_begin(reduced_image_t *reduced, uint32_t width, uint32_t height);

/* Whether row `y` of the image is the last of a row of blocks. */
bool reduced_ends_block(const reduced_image_t *reduced, uint32_t y);

/* Adds the column sums of the rows up to `y`, which lie in one row of blocks, and to `sums` what a finished row shows. */
void reduced_add_segment(
  reduced_image_t *reduced, uint16_t *const columns[CHANNELS], bool gray, uint32_t y, assay_neighbour_sums_t *sums);

/* Counts pixels by the upper halves of their red and blue. */
void reduced_count_red_blue(reduced_image_t *reduced, const uint8_t *red, const uint8_t *blue, size_t n);

#endif

#ifndef AREA_GRIDS_H
#define AREA_GRIDS_H

/* Exact area averages of an image on small grids, and the hashes taken from them.
 *
 * An image of w x h pixels is cut into m x n cells of equal area. Measured in units of 1/n of a pixel, pixel x
 * covers [n x, n x + n) and cell i covers [i w, i w + w): every overlap is a whole number, and so is every sum.
 */

#include <stdint.h>

#include "assay_measurement.h"

/* Luma is summed over 32 bands of rows; a difference-hash row and a thumbnail row are four of them. */
#define AREA_BANDS 32

typedef struct {
  uint64_t luma[AREA_BANDS][32]; /* cell weight w x h */
  uint64_t wide[8][9];           /* cell weight 4h x w */
  uint64_t color[3][8][8];       /* cell weight 4h x w; unused for gray */
} area_grids_t;

/* Adds the columns of one band, cut into `cells` cells, to out[0 ..< cells]. */
void area_add_cells(uint64_t *out, const uint32_t *columns, uint32_t width, uint32_t cells);

/* bit = left < right on 9 x 8 cells, row-major, most significant first. */
uint64_t area_difference_hash(const area_grids_t *grids);

/* Integer DCT-II of the 32 x 32 cells, unnormalised, cosines in Q14: bit = coefficient above the median of the 63
 * of the low 8 x 8 without the first, row-major, most significant first; the first bit is 0. */
uint64_t area_perceptual_hash(const area_grids_t *grids);

/* The perceptual hashes of the image turned: see assay_meter_turned_hashes. */
void area_turned_hashes(const area_grids_t *grids, uint64_t hashes[ASSAY_TURNS]);

/* 8 x 8 x 3 means, half rounded up. */
void area_thumbnail(
  const area_grids_t *grids, uint32_t width, uint32_t height, bool gray, uint8_t thumbnail[8][8][3]);

#endif

#ifndef LUMA_RING_H
#define LUMA_RING_H

#include <stdint.h>

#include "assay_measurement.h"

/* Three rows of luma in turn: what the sums over neighbouring pixels need of an image. */
typedef struct {
  uint8_t *rows[3];
  uint32_t width;
  uint32_t count;
} luma_ring_t;

/* Where the next row of a ring belongs. */
uint8_t *luma_ring_next(const luma_ring_t *ring);

/* Takes in the row just written. */
void luma_ring_push(luma_ring_t *ring, assay_neighbour_sums_t *sums);

#endif

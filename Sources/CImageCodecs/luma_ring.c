#include "luma_ring.h"

#include "assay_kernels.h"

uint8_t *luma_ring_next(const luma_ring_t *ring) { return ring->rows[ring->count % 3]; }

void luma_ring_push(luma_ring_t *ring, assay_neighbour_sums_t *sums)
{
  uint32_t y = ring->count++;
  const uint8_t *row = ring->rows[y % 3];
  assay_add_steps(row, ring->width, sums);
  if (y == 0) return;
  const uint8_t *above = ring->rows[(y - 1) % 3];
  uint64_t steps = assay_sum_distance(row, above, ring->width);
  if (y % 8 == 0) {
    sums->steps_on += steps;
    sums->steps_on_count += ring->width;
  } else {
    sums->steps_off += steps;
    sums->steps_off_count += ring->width;
  }
  if (y >= 2) assay_add_interior(ring->rows[(y - 2) % 3], above, row, ring->width, sums);
}

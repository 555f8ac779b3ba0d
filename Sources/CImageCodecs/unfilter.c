/* Undoing PNG's filters (PNG specification, 3rd edition, section 9).
 *
 * In Sub, Average and Paeth each pixel waits for the one before it. So a pixel of 3 or 4 bytes goes through the chain as
 * one vector, and the chain is kept as short as the arithmetic allows. */

#include "assay_kernels.h"

#include <stdbool.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

static void undo_up(uint8_t *restrict row, const uint8_t *restrict above, size_t count)
{
  for (size_t i = 0; i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
}

/* Bytes: any distance; the one of 1 and 2 bytes a pixel. */

INLINE void undo_sub(uint8_t *row, size_t count, size_t pixel)
{
  for (size_t i = pixel; i < count; i++) row[i] = (uint8_t)(row[i] + row[i - pixel]);
}

INLINE void undo_average(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  for (size_t i = 0; i < pixel && i < count; i++) row[i] = (uint8_t)(row[i] + above[i] / 2);
  for (size_t i = pixel; i < count; i++) row[i] = (uint8_t)(row[i] + (row[i - pixel] + above[i]) / 2);
}

INLINE uint8_t paeth(int left, int up, int corner)
{
  int to_left = up - corner, to_up = left - corner, to_corner = to_left + to_up;
  to_left = to_left < 0 ? -to_left : to_left;
  to_up = to_up < 0 ? -to_up : to_up;
  to_corner = to_corner < 0 ? -to_corner : to_corner;
  if (to_left <= to_up && to_left <= to_corner) return (uint8_t)left;
  return (uint8_t)(to_up <= to_corner ? up : corner);
}

INLINE void undo_paeth(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  for (size_t i = 0; i < pixel && i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
  for (size_t i = pixel; i < count; i++) {
    row[i] = (uint8_t)(row[i] + paeth(row[i - pixel], above[i], above[i - pixel]));
  }
}

/* Vectors: a pixel of 3 or 4 bytes in 16-bit lanes. */

typedef int16_t lanes_t __attribute__((vector_size(8)));
typedef uint8_t bytes_t __attribute__((vector_size(4)));

INLINE lanes_t load_pixel(const uint8_t *bytes, size_t size)
{
  bytes_t packed = {0};
  memcpy(&packed, bytes, size);
  return __builtin_convertvector(packed, lanes_t);
}

INLINE void store_pixel(uint8_t *bytes, lanes_t pixel, size_t size)
{
  bytes_t packed = __builtin_convertvector(pixel, bytes_t);
  memcpy(bytes, &packed, size);
}

INLINE lanes_t choose(lanes_t mask, lanes_t yes, lanes_t no) { return (mask & yes) | (~mask & no); }

INLINE lanes_t magnitude(lanes_t value)
{
  lanes_t sign = value >> 15;
  return (value ^ sign) - sign;
}

INLINE void undo_sub_pixels(uint8_t *row, size_t count, size_t pixel)
{
  lanes_t left = {0};
  for (size_t i = 0; i + pixel <= count; i += pixel) {
    left = (left + load_pixel(row + i, pixel)) & 255;
    store_pixel(row + i, left, pixel);
  }
}

INLINE void undo_average_pixels(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  lanes_t left = {0};
  for (size_t i = 0; i + pixel <= count; i += pixel) {
    lanes_t mean = (left + load_pixel(above + i, pixel)) >> 1;
    left = (load_pixel(row + i, pixel) + mean) & 255;
    store_pixel(row + i, left, pixel);
  }
}

INLINE void undo_paeth_pixels(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  lanes_t left = {0}, corner = {0};
  for (size_t i = 0; i + pixel <= count; i += pixel) {
    lanes_t up = load_pixel(above + i, pixel);
    lanes_t to_left = up - corner, to_up = left - corner;
    lanes_t to_corner = magnitude(to_left + to_up);
    to_left = magnitude(to_left);
    to_up = magnitude(to_up);
    lanes_t predicted = choose(to_up <= to_corner, up, corner);
    predicted = choose((to_left <= to_up) & (to_left <= to_corner), left, predicted);
    left = (load_pixel(row + i, pixel) + predicted) & 255;
    store_pixel(row + i, left, pixel);
    corner = up;
  }
}

INLINE void undo(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  bool vectors = pixel >= 3;
  switch (filter) {
  case 1: vectors ? undo_sub_pixels(row, count, pixel) : undo_sub(row, count, pixel); break;
  case 2: undo_up(row, above, count); break;
  case 3: vectors ? undo_average_pixels(row, above, count, pixel) : undo_average(row, above, count, pixel); break;
  case 4: vectors ? undo_paeth_pixels(row, above, count, pixel) : undo_paeth(row, above, count, pixel); break;
  default: break;
  }
}

void assay_unfilter(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  switch (pixel) {
  case 1: undo(filter, row, above, count, 1); break;
  case 2: undo(filter, row, above, count, 2); break;
  case 3: undo(filter, row, above, count, 3); break;
  default: undo(filter, row, above, count, 4); break;
  }
}

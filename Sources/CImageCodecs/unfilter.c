/* Undoing PNG's filters (PNG specification, 3rd edition, section 9.4).
 *
 * In Sub, Average and Paeth each pixel waits for the one before it. So a pixel of 3 or 4 bytes goes through the
 * chain as one vector of 16-bit lanes, and as little as possible of the arithmetic is on the chain. */

#include "assay_kernels.h"

#include <string.h>

#include "cloned.h"

#define INLINE static inline __attribute__((always_inline))

/* Rows in place */

INLINE void undo_up(uint8_t *restrict row, const uint8_t *restrict above, size_t count)
{
  for (size_t i = 0; i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
}

INLINE void undo_sub(uint8_t *row, size_t count, size_t pixel)
{
  for (size_t i = pixel; i < count; i++) row[i] = (uint8_t)(row[i] + row[i - pixel]);
}

INLINE void undo_average(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  for (size_t i = 0; i < pixel && i < count; i++) row[i] = (uint8_t)(row[i] + above[i] / 2);
  for (size_t i = pixel; i < count; i++) row[i] = (uint8_t)(row[i] + (row[i - pixel] + above[i]) / 2);
}

INLINE int absolute(int value) { return value < 0 ? -value : value; }

INLINE void undo_paeth(uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  for (size_t i = 0; i < pixel && i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
  for (size_t i = pixel; i < count; i++) {
    int left = row[i - pixel], up = above[i], corner = above[i - pixel];
    int to_left = absolute(up - corner), to_up = absolute(left - corner);
    int to_corner = absolute(left + up - 2 * corner);
    int other = to_up <= to_corner ? up : corner;
    int nearest = to_up <= to_corner ? to_up : to_corner;
    row[i] = (uint8_t)(row[i] + (to_left <= nearest ? left : other));
  }
}

INLINE void undo(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  switch (filter) {
  case 1: undo_sub(row, count, pixel); break;
  case 2: undo_up(row, above, count); break;
  case 3: undo_average(row, above, count, pixel); break;
  case 4: undo_paeth(row, above, count, pixel); break;
  default: break;
  }
}

CLONED void assay_unfilter(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  if (pixel == 1) {
    undo(filter, row, above, count, 1);
  } else {
    undo(filter, row, above, count, 2);
  }
}

/* Pixels of 3 or 4 bytes, from a row to 4-byte pixels. Bytes are kept in 16-bit lanes whose upper halves are 0. */

typedef int16_t lanes_t __attribute__((vector_size(8)));
typedef uint8_t halves_t __attribute__((vector_size(8)));
typedef uint8_t bytes_t __attribute__((vector_size(4)));

INLINE lanes_t load(const uint8_t *from, size_t size)
{
  bytes_t packed = {0};
  memcpy(&packed, from, size);
  return __builtin_convertvector(packed, lanes_t);
}

INLINE void store(uint8_t *to, lanes_t pixel, size_t size)
{
  uint32_t packed;
  bytes_t bytes = __builtin_convertvector(pixel, bytes_t);
  memcpy(&packed, &bytes, 4);
  if (size == 3) packed |= 0xff000000;
  memcpy(to, &packed, 4);
}

/* Modulo 256: no carry into the upper halves. */
INLINE lanes_t add(lanes_t a, lanes_t b) { return (lanes_t)((halves_t)a + (halves_t)b); }

INLINE lanes_t choose(lanes_t mask, lanes_t yes, lanes_t no) { return (mask & yes) | (~mask & no); }

INLINE lanes_t distance(lanes_t a, lanes_t b) { return __builtin_elementwise_abs(a - b); }

/* The filtered byte is added to all three candidates before it is known which one counts. */
INLINE lanes_t paeth(lanes_t filtered, lanes_t left, lanes_t up, lanes_t corner)
{
  lanes_t to_left = distance(up, corner), to_up = distance(left, corner);
  lanes_t to_corner = distance(left, corner + corner - up);
  lanes_t other = choose(to_up > to_corner, add(filtered, corner), add(filtered, up));
  lanes_t nearest = __builtin_elementwise_min(to_up, to_corner);
  return choose(to_left > nearest, other, add(filtered, left));
}

typedef struct {
  lanes_t left, corner;
} chain_t;

INLINE void undo_pixel(
  uint8_t filter, const uint8_t *from, size_t readable, const uint8_t *above, uint8_t *out, size_t size,
  chain_t *chain)
{
  lanes_t pixel = load(from, readable), up = load(above, 4);
  switch (filter) {
  case 1: pixel = add(pixel, chain->left); break;
  case 2: pixel = add(pixel, up); break;
  case 3: pixel = add(pixel, (chain->left + up) >> 1); break;
  case 4: pixel = paeth(pixel, chain->left, up, chain->corner); break;
  default: break;
  }
  chain->left = pixel;
  chain->corner = up;
  store(out, pixel, size);
}

INLINE void undo_pixels(
  uint8_t filter, const uint8_t *restrict row, const uint8_t *restrict above, uint8_t *restrict out, size_t n,
  size_t size)
{
  chain_t chain = {{0}, {0}};
  if (n == 0) return;
  /* The fourth byte read of a pixel is the next one's first; the last pixel has no next one. */
  for (size_t i = 0; i + 1 < n; i++) undo_pixel(filter, row + size * i, 4, above + 4 * i, out + 4 * i, size, &chain);
  size_t last = n - 1;
  undo_pixel(filter, row + size * last, size, above + 4 * last, out + 4 * last, size, &chain);
}

INLINE void undo_pixels_of(
  uint8_t filter, const uint8_t *restrict row, const uint8_t *restrict above, uint8_t *restrict out, size_t n,
  size_t size)
{
  switch (filter) {
  case 1: undo_pixels(1, row, above, out, n, size); break;
  case 2: undo_pixels(2, row, above, out, n, size); break;
  case 3: undo_pixels(3, row, above, out, n, size); break;
  case 4: undo_pixels(4, row, above, out, n, size); break;
  default: undo_pixels(0, row, above, out, n, size); break;
  }
}

CLONED void assay_unfilter_pixels(
  uint8_t filter, const uint8_t *restrict row, const uint8_t *restrict above, uint8_t *restrict out, size_t n,
  size_t size)
{
  if (size == 3) {
    undo_pixels_of(filter, row, above, out, n, 3);
  } else {
    undo_pixels_of(filter, row, above, out, n, 4);
  }
}

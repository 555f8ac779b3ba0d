/* The fast versions. Plain loops that the compiler vectorises, cloned for AVX2 where the machine has it; sums
 * are kept in 32 bits over CHUNK pixels, short enough that none can overflow. */

#include "assay_kernels.h"

#include <string.h>

#include "cloned.h"

/* 1024 squares of at most 1020 stay below 2^31. */
#define CHUNK 1024

static inline size_t chunk_end(size_t start, size_t n) { return n - start < CHUNK ? n : start + CHUNK; }

CLONED void assay_split_rgbx(
  const uint8_t *restrict rgbx, size_t n, uint8_t *restrict r, uint8_t *restrict g, uint8_t *restrict b,
  uint8_t *restrict y)
{
  for (size_t i = 0; i < n; i++) {
    int32_t red = rgbx[4 * i], green = rgbx[4 * i + 1], blue = rgbx[4 * i + 2];
    /* 38470 = 2 x 19235 keeps every factor inside 16 signed bits. */
    int32_t luma = red * 19595 + ((green * 19235) << 1) + blue * 7471 + 32768;
    r[i] = (uint8_t)red;
    g[i] = (uint8_t)green;
    b[i] = (uint8_t)blue;
    y[i] = (uint8_t)(luma >> 16);
  }
}

/* Counters of bytes: 32 lanes of 8 bits, emptied before a lane can pass 255. */
typedef uint8_t bytes_t __attribute__((vector_size(32)));
typedef uint16_t words_t __attribute__((vector_size(32)));

#define LANES 32
#define MOST_STEPS 128

#define INLINE static inline __attribute__((always_inline))

/* By address: passing such vectors by value would depend on the instruction set. */
INLINE void load(bytes_t *bytes, const uint8_t *from) { memcpy(bytes, from, LANES); }

typedef uint32_t wide_words_t __attribute__((vector_size(64)));
typedef uint16_t wide_bytes_t __attribute__((vector_size(64)));

INLINE uint32_t sum_bytes(const bytes_t *bytes)
{
  return __builtin_reduce_add(__builtin_convertvector(*bytes, wide_bytes_t));
}

INLINE uint32_t sum_words(const words_t *words)
{
  return __builtin_reduce_add(__builtin_convertvector(*words, wide_words_t));
}

/* Takes in `steps` <= MOST_STEPS times 32 pixels. */
INLINE void add_chroma(
  const uint8_t *r, const uint8_t *g, const uint8_t *b, size_t steps, assay_color_sums_t *sums)
{
  bytes_t above_8 = {0}, above_0 = {0}, lows = {0}, highs = {0}, most = {0};
  words_t chromas = {0};
  for (size_t i = 0; i < steps; i++) {
    bytes_t red, green, blue;
    load(&red, r + LANES * i);
    load(&green, g + LANES * i);
    load(&blue, b + LANES * i);
    bytes_t high = __builtin_elementwise_max(__builtin_elementwise_max(red, green), blue);
    bytes_t low = __builtin_elementwise_min(__builtin_elementwise_min(red, green), blue);
    bytes_t chroma = high - low;
    words_t pairs = (words_t)chroma;
    most = __builtin_elementwise_max(most, chroma);
    chromas += (pairs & 255) + (pairs >> 8);
    /* A comparison gives -1 where it holds. */
    above_8 -= (bytes_t)(chroma > 8);
    above_0 -= (bytes_t)(chroma > 0);
    lows -= (bytes_t)(low == 0);
    highs -= (bytes_t)(high == 255);
  }
  sums->chroma += sum_words(&chromas);
  sums->chroma_above_8 += sum_bytes(&above_8);
  sums->chroma_above_0 += sum_bytes(&above_0);
  sums->low_pixels += sum_bytes(&lows);
  sums->high_pixels += sum_bytes(&highs);
  uint8_t max_chroma = __builtin_reduce_max(most);
  if (max_chroma > sums->max_chroma) sums->max_chroma = max_chroma;
}

/* With p = R - B and q = G - B, R - G is p - q, R + G - 2B is p + q, and (p + q)^2 = 2 p^2 + 2 q^2 - (p - q)^2:
 * differences of bytes are all it takes. */
INLINE void add_color_squares(
  const uint8_t *restrict r, const uint8_t *restrict g, const uint8_t *restrict b, size_t n,
  assay_color_sums_t *restrict sums)
{
  int32_t red_green = 0, red_blue = 0, green_blue = 0;
  for (size_t i = 0; i < n; i++) {
    int32_t p = (int32_t)r[i] - b[i], q = (int32_t)g[i] - b[i], difference = (int32_t)r[i] - g[i];
    red_blue += p * p;
    green_blue += q * q;
    red_green += difference * difference;
  }
  sums->red_green_squares += (uint32_t)red_green;
  sums->yellow_blue_squares += 2 * ((uint64_t)(uint32_t)red_blue + (uint32_t)green_blue) - (uint32_t)red_green;
}

CLONED void assay_add_color(
  const uint8_t *r, const uint8_t *g, const uint8_t *b, size_t n, assay_color_sums_t *sums)
{
  size_t i = 0;
  while (n - i >= LANES) {
    size_t steps = (n - i) / LANES;
    if (steps > MOST_STEPS) steps = MOST_STEPS;
    add_chroma(r + i, g + i, b + i, steps, sums);
    add_color_squares(r + i, g + i, b + i, LANES * steps, sums);
    i += LANES * steps;
  }
  if (i == n) return;
  /* The rest is filled up with black, which counts nowhere but among the low pixels. */
  uint8_t rest[3][LANES] = {{0}};
  const uint8_t *planes[3] = {r, g, b};
  for (int c = 0; c < 3; c++) memcpy(rest[c], planes[c] + i, n - i);
  add_chroma(rest[0], rest[1], rest[2], 1, sums);
  add_color_squares(rest[0], rest[1], rest[2], LANES, sums);
  sums->low_pixels -= LANES - (n - i);
}

CLONED void assay_add_interior(
  const uint8_t *restrict up, const uint8_t *restrict mid, const uint8_t *restrict down, size_t n,
  assay_neighbour_sums_t *restrict sums)
{
  if (n < 3) return;
  /* Both masks are made of second differences: down the columns once for all three columns they meet in. */
  int16_t columns[CHUNK + 2], centers[CHUNK + 2];
  for (size_t start = 0; start < n - 2; start += CHUNK) {
    size_t count = chunk_end(start, n - 2) - start;
    for (size_t i = 0; i < count + 2; i++) {
      int16_t center = mid[start + i];
      centers[i] = center;
      columns[i] = (int16_t)(up[start + i] + down[start + i] - 2 * center);
    }
    int32_t laplacian_sum = 0, squares = 0, noise_sum = 0;
    for (size_t i = 1; i <= count; i++) {
      int16_t laplacian = (int16_t)(columns[i] + centers[i - 1] + centers[i + 1] - 2 * centers[i]);
      int16_t noise = (int16_t)(columns[i - 1] + columns[i + 1] - 2 * columns[i]);
      int16_t magnitude = (int16_t)(noise < 0 ? -noise : noise);
      laplacian_sum += laplacian;
      squares += (int32_t)laplacian * laplacian;
      noise_sum += magnitude;
    }
    sums->laplacian += laplacian_sum;
    sums->laplacian_squares += (uint32_t)squares;
    sums->immerkaer += (uint32_t)noise_sum;
  }
  sums->interior += n - 2;
}

CLONED uint64_t assay_sum_distance(const uint8_t *restrict a, const uint8_t *restrict b, size_t n)
{
  uint64_t sum = 0;
  for (size_t start = 0; start < n; start += CHUNK) {
    size_t end = chunk_end(start, n);
    uint32_t part = 0;
    for (size_t i = start; i < end; i++) {
      int32_t step = (int32_t)a[i] - (int32_t)b[i];
      part += (uint32_t)(step < 0 ? -step : step);
    }
    sum += part;
  }
  return sum;
}

CLONED void assay_add_steps(const uint8_t *row, size_t n, assay_neighbour_sums_t *sums)
{
  if (n < 2) return;
  uint64_t all = 0, on = 0;
  size_t x = 0;
  while (n - 1 - x >= LANES) {
    /* Pairs of bytes in 16 bits: the second of every fourth pair is a step across the grid. */
    words_t pairs = {0}, crossings = {0};
    for (size_t step = 0; step < MOST_STEPS && n - 1 - x >= LANES; step++, x += LANES) {
      bytes_t here, next;
      load(&here, row + x);
      load(&next, row + x + 1);
      words_t steps = (words_t)(__builtin_elementwise_max(here, next) - __builtin_elementwise_min(here, next));
      pairs += (steps & 255) + (steps >> 8);
      crossings += steps >> 8;
    }
    all += sum_words(&pairs);
    for (int i = 3; i < LANES / 2; i += 4) on += crossings[i];
  }
  for (; x + 1 < n; x++) {
    int32_t step = (int32_t)row[x + 1] - (int32_t)row[x];
    uint32_t magnitude = (uint32_t)(step < 0 ? -step : step);
    all += magnitude;
    if (x % 8 == 7) on += magnitude;
  }
  size_t on_count = (n - 1) / 8;
  sums->steps_on += on;
  sums->steps_off += all - on;
  sums->steps_on_count += on_count;
  sums->steps_off_count += n - 1 - on_count;
}

CLONED uint64_t assay_sum_row(const uint8_t *row, size_t n)
{
  uint64_t sum = 0;
  for (size_t start = 0; start < n; start += CHUNK) {
    size_t end = chunk_end(start, n);
    uint32_t part = 0;
    for (size_t i = start; i < end; i++) part += row[i];
    sum += part;
  }
  return sum;
}

CLONED void assay_add_columns(uint16_t *restrict columns, const uint8_t *restrict row, size_t n)
{
  for (size_t i = 0; i < n; i++) columns[i] = (uint16_t)(columns[i] + row[i]);
}

CLONED void assay_add_weighted(
  uint32_t *restrict band, const uint16_t *restrict columns, uint32_t weight, size_t n)
{
  for (size_t i = 0; i < n; i++) band[i] += weight * columns[i];
}

static inline __attribute__((always_inline)) void add_blocks_of(
  uint32_t *restrict blocks, const uint16_t *restrict columns, size_t count, size_t k)
{
  for (size_t i = 0; i < count; i++) {
    uint32_t sum = 0;
    for (size_t j = 0; j < k; j++) sum += columns[i * k + j];
    blocks[i] += sum;
  }
}

CLONED void assay_add_blocks(
  uint32_t *restrict blocks, const uint16_t *restrict columns, size_t count, size_t k)
{
  /* The common factors are constants, so that their loops unroll into shuffles. */
  switch (k) {
  case 1: add_blocks_of(blocks, columns, count, 1); break;
  case 2: add_blocks_of(blocks, columns, count, 2); break;
  case 3: add_blocks_of(blocks, columns, count, 3); break;
  case 4: add_blocks_of(blocks, columns, count, 4); break;
  case 5: add_blocks_of(blocks, columns, count, 5); break;
  case 6: add_blocks_of(blocks, columns, count, 6); break;
  case 8: add_blocks_of(blocks, columns, count, 8); break;
  default: add_blocks_of(blocks, columns, count, k); break;
  }
}

CLONED void assay_block_means(
  uint8_t *restrict out, const uint32_t *restrict sums, uint32_t area, size_t count)
{
  /* x / area as (x * m) >> s with s = 31 + floor(log2 area), m = ceil(2^s / area) <= 2^31:
   * exact while x * (m * area - 2^s) < 2^s, and x < 256 area, m * area - 2^s < area <= 2^22, 2^30 area < 2^s. */
  uint32_t log2_area = 31u - (uint32_t)__builtin_clz(area);
  uint32_t shift = 31 + log2_area;
  uint32_t factor = (uint32_t)(((1ull << shift) + area - 1) / area);
  uint32_t half = area / 2;
  for (size_t i = 0; i < count; i++) {
    uint64_t sum = sums[i] + half;
    out[i] = (uint8_t)((sum * factor) >> shift);
  }
}

/* Area averages and the hashes taken from them: see area_grids.h. */

#include "area_grids.h"

#include <stdbool.h>
#include <string.h>

#include "cloned.h"

void area_add_cells(uint64_t *out, const uint32_t *columns, uint32_t width, uint32_t cells)
{
  uint32_t step = width / cells, step_fraction = width % cells;
  uint32_t x = 0, fraction = 0;
  for (uint32_t i = 0; i < cells; i++) {
    uint32_t next = x + step, next_fraction = fraction + step_fraction;
    if (next_fraction >= cells) {
      next_fraction -= cells;
      next++;
    }
    uint64_t sum = 0;
    for (uint32_t j = x; j < next; j++) sum += columns[j];
    sum *= cells;
    /* Differences wrap and come back: the whole is never negative. */
    if (fraction > 0) sum -= (uint64_t)fraction * columns[x];
    if (next_fraction > 0) sum += (uint64_t)next_fraction * columns[next];
    out[i] += sum;
    x = next;
    fraction = next_fraction;
  }
}

uint64_t area_difference_hash(const area_grids_t *grids)
{
  uint64_t hash = 0;
  for (int row = 0; row < 8; row++) {
    for (int i = 0; i < 8; i++) hash = hash << 1 | (grids->wide[row][i] < grids->wide[row][i + 1]);
  }
  return hash;
}

/* round(2^14 cos(pi (2n + 1) k / 64)); the right half mirrors the left, with the sign of (-1)^k. */
static const int16_t cosines[8][16] = {
  {16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384, 16384},
  {16364, 16207, 15893, 15426, 14811, 14053, 13160, 12140, 11003, 9760, 8423, 7005, 5520, 3981, 2404, 804},
  {16305, 15679, 14449, 12665, 10394, 7723, 4756, 1606, -1606, -4756, -7723, -10394, -12665, -14449, -15679, -16305},
  {16207, 14811, 12140, 8423, 3981, -804, -5520, -9760, -13160, -15426, -16364, -15893, -14053, -11003, -7005, -2404},
  {16069, 13623, 9102, 3196, -3196, -9102, -13623, -16069, -16069, -13623, -9102, -3196, 3196, 9102, 13623, 16069},
  {15893, 12140, 5520, -2404, -9760, -14811, -16364, -14053, -8423, -804, 7005, 13160, 16207, 15426, 11003, 3981},
  {15679, 10394, 1606, -7723, -14449, -16305, -12665, -4756, 4756, 12665, 16305, 14449, 7723, -1606, -10394, -15679},
  {15426, 8423, -2404, -12140, -16364, -13160, -3981, 7005, 14811, 15893, 9760, -804, -11003, -16207, -14053, -5520},
};

/* The eight lowest vertical frequencies of every column, sums and differences of mirrored rows being given.
 * `narrow` says that these fit 32 bits, which machines multiply several at once. */
static inline __attribute__((always_inline)) void transform(
  int64_t halves[2][16][32], int64_t out[8][32], bool narrow)
{
  for (int k = 0; k < 8; k++) {
    for (int n = 0; n < 16; n++) {
      for (int x = 0; x < 32; x++) {
        int64_t half = halves[k % 2][n][x];
        out[k][x] += cosines[k][n] * (narrow ? (int32_t)half : half);
      }
    }
  }
}

CLONED static void transform_columns(const area_grids_t *grids, int64_t out[8][32])
{
  int64_t halves[2][16][32], most = 0;
  for (int n = 0; n < 16; n++) {
    for (int x = 0; x < 32; x++) {
      int64_t upper = (int64_t)grids->luma[n][x], lower = (int64_t)grids->luma[AREA_BANDS - 1 - n][x];
      halves[0][n][x] = upper + lower;
      halves[1][n][x] = upper - lower;
      most |= upper + lower;
    }
  }
  memset(out, 0, sizeof(int64_t[8][32]));
  if (most <= INT32_MAX) {
    transform(halves, out, true);
  } else {
    transform(halves, out, false);
  }
}

static void sort(__int128 *values, int count)
{
  for (int i = 1; i < count; i++) {
    __int128 value = values[i];
    int j = i;
    for (; j > 0 && values[j - 1] > value; j--) values[j] = values[j - 1];
    values[j] = value;
  }
}

/* The lowest 8 x 8 coefficients, row-major, vertical frequencies first. A cell sum stays below 2^40 (255 x 2^32), a
 * column coefficient below 2^59, the whole below 2^78. */
static void transform_grid(const area_grids_t *grids, __int128 coefficients[64])
{
  int64_t columns[8][32];
  transform_columns(grids, columns);
  for (int k = 0; k < 8; k++) {
    for (int v = 0; v < 8; v++) {
      __int128 sum = 0;
      for (int x = 0; x < 16; x++) {
        int64_t left = columns[k][x], right = columns[k][31 - x];
        sum += (__int128)cosines[v][x] * (v % 2 == 0 ? left + right : left - right);
      }
      coefficients[8 * k + v] = sum;
    }
  }
}

static uint64_t hash_coefficients(const __int128 coefficients[64])
{
  __int128 sorted[63];
  for (int i = 0; i < 63; i++) sorted[i] = coefficients[i + 1];
  sort(sorted, 63);
  uint64_t hash = 0;
  for (int i = 1; i < 64; i++) hash = hash << 1 | (coefficients[i] > sorted[31]);
  return hash;
}

uint64_t area_perceptual_hash(const area_grids_t *grids)
{
  __int128 coefficients[64];
  transform_grid(grids, coefficients);
  return hash_coefficients(coefficients);
}

void area_turned_hashes(const area_grids_t *grids, uint64_t hashes[ASSAY_TURNS])
{
  /* Cells lie the same way around from every side, so a turned image has the turned cells: mirroring columns (1) or rows
   * (2) changes the sign of odd frequencies, and mirroring along the diagonal (4) swaps both kinds. */
  __int128 coefficients[64], turned[64];
  transform_grid(grids, coefficients);
  for (unsigned turn = 1; turn <= ASSAY_TURNS; turn++) {
    for (unsigned k = 0; k < 8; k++) {
      for (unsigned v = 0; v < 8; v++) {
        __int128 value = coefficients[turn & 4 ? 8 * v + k : 8 * k + v];
        unsigned odd = (turn & v & 1) ^ (turn >> 1 & k & 1);
        turned[8 * k + v] = odd ? -value : value;
      }
    }
    hashes[turn - 1] = hash_coefficients(turned);
  }
}

static uint8_t rounded_mean(uint64_t sum, uint64_t weight) { return (uint8_t)((2 * sum + weight) / (2 * weight)); }

void area_thumbnail(
  const area_grids_t *grids, uint32_t width, uint32_t height, bool gray, uint8_t thumbnail[8][8][3])
{
  uint64_t pixels = (uint64_t)width * height;
  for (int row = 0; row < 8; row++) {
    for (int column = 0; column < 8; column++) {
      if (gray) {
        uint64_t sum = 0;
        for (int y = 4 * row; y < 4 * row + 4; y++) {
          for (int x = 4 * column; x < 4 * column + 4; x++) sum += grids->luma[y][x];
        }
        uint8_t mean = rounded_mean(sum, 16 * pixels);
        for (int c = 0; c < 3; c++) thumbnail[row][column][c] = mean;
      } else {
        for (int c = 0; c < 3; c++) {
          thumbnail[row][column][c] = rounded_mean(grids->color[c][row][column], 4 * pixels);
        }
      }
    }
  }
}

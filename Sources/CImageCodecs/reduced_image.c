#include "reduced_image.h"

#include <string.h>

#include "assay_kernels.h"

static uint32_t smaller(uint32_t a, uint32_t b) { return a < b ? a : b; }

void reduced_begin(reduced_image_t *reduced, uint32_t width, uint32_t height)
{
  uint32_t side = width > height ? width : height;
  reduced->factor = (side + REDUCED_SIDE - 1) / REDUCED_SIDE;
  reduced->block_width = smaller(reduced->factor, width);
  reduced->block_height = smaller(reduced->factor, height);
  reduced->width = width / reduced->block_width;
  reduced->height = height / reduced->block_height;
  memset(reduced->blocks, 0, sizeof reduced->blocks);
  memset(reduced->red_blue_banks, 0, sizeof reduced->red_blue_banks);
  for (int i = 0; i < 3; i++) reduced->ring.rows[i] = reduced->rows[i];
  reduced->ring.width = reduced->width;
  reduced->ring.count = 0;
}

bool reduced_ends_block(const reduced_image_t *reduced, uint32_t y)
{
  return reduced->factor > 1 && (y + 1) % reduced->block_height == 0;
}

void reduced_count_red_blue(reduced_image_t *reduced, const uint8_t *red, const uint8_t *blue, size_t n)
{
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (size_t bank = 0; bank < 4; bank++) {
      reduced->red_blue_banks[bank][(red[i + bank] & 0xf0) | blue[i + bank] >> 4]++;
    }
  }
  for (; i < n; i++) reduced->red_blue_banks[0][(red[i] & 0xf0) | blue[i] >> 4]++;
}

static void end_row(reduced_image_t *reduced, bool gray, assay_neighbour_sums_t *sums)
{
  uint32_t area = reduced->block_width * reduced->block_height;
  uint32_t width = reduced->width;
  uint8_t *luma = luma_ring_next(&reduced->ring);
  assay_block_means(luma, reduced->blocks[LUMA], area, width);
  if (gray) {
    reduced_count_red_blue(reduced, luma, luma, width);
  } else {
    uint8_t red[REDUCED_SIDE], blue[REDUCED_SIDE];
    assay_block_means(red, reduced->blocks[RED], area, width);
    assay_block_means(blue, reduced->blocks[BLUE], area, width);
    reduced_count_red_blue(reduced, red, blue, width);
  }
  luma_ring_push(&reduced->ring, sums);
  memset(reduced->blocks, 0, sizeof reduced->blocks);
}

void reduced_add_segment(
  reduced_image_t *reduced, uint16_t *const columns[CHANNELS], bool gray, uint32_t y, assay_neighbour_sums_t *sums)
{
  if (reduced->factor == 1 || y / reduced->block_height >= reduced->height) return;
  uint32_t width = reduced->width;
  assay_add_blocks(reduced->blocks[LUMA], columns[LUMA], width, reduced->block_width);
  if (!gray) {
    assay_add_blocks(reduced->blocks[RED], columns[RED], width, reduced->block_width);
    assay_add_blocks(reduced->blocks[BLUE], columns[BLUE], width, reduced->block_width);
  }
  if (reduced_ends_block(reduced, y)) end_row(reduced, gray, sums);
}

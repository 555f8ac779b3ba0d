package import CImageForge

/// Encodes generated pixels as JPEG and PNG, in every variant the decoders meet.
package enum ImageForge {
  /// A JPEG of the recipe.
  package static func jpeg(_ recipe: JPEGRecipe) -> [UInt8] { recipe.encoded() }

  /// A PNG of the recipe.
  package static func png(_ recipe: PNGRecipe) -> [UInt8] { recipe.encoded() }

  /// Takes over a block the forge allocated.
  static func adopt(_ count: Int, _ bytes: UnsafeMutablePointer<UInt8>?) -> [UInt8] {
    precondition(count > 0, "the recipe cannot be encoded")
    defer { assay_forge_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}

/// What a JPEG is to be made of.
package struct JPEGRecipe {
  package var width: Int
  package var height: Int
  /// Row-major, interleaved: 1, 3 or 4 samples a pixel as the model has them.
  package var pixels: [UInt8]
  package var model = ASSAY_FORGE_YCBCR
  package var quality = 90
  /// Sampling factors of the first component, horizontal and vertical; the others have 1 x 1.
  package var sampling = (2, 2)
  package var isProgressive = false
  package var isArithmetic = false
  package var omitsAdobeMarker = false
  package var restartInterval = 0
  package var exif: [UInt8]?
  package var profile: [UInt8]?

  package init(width: Int, height: Int, pixels: [UInt8], model: assay_forge_model_t = ASSAY_FORGE_YCBCR) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.model = model
    if model == ASSAY_FORGE_GRAY { sampling = (1, 1) }
  }

  func encoded() -> [UInt8] {
    var recipe = assay_forge_jpeg_t()
    recipe.width = UInt32(width)
    recipe.height = UInt32(height)
    recipe.model = model
    recipe.quality = UInt32(quality)
    recipe.luma_horizontal = UInt32(sampling.0)
    recipe.luma_vertical = UInt32(sampling.1)
    recipe.progressive = isProgressive
    recipe.arithmetic = isArithmetic
    recipe.omit_adobe_marker = omitsAdobeMarker
    recipe.restart_interval = UInt32(restartInterval)
    recipe.exif_count = exif?.count ?? 0
    recipe.profile_count = profile?.count ?? 0
    var out: UnsafeMutablePointer<UInt8>?
    let count = pixels.withUnsafeBufferPointer { pixels in
      (exif ?? []).withUnsafeBufferPointer { exifBytes in
        (profile ?? []).withUnsafeBufferPointer { profileBytes in
          recipe.pixels = pixels.baseAddress
          recipe.exif = exif == nil ? nil : exifBytes.baseAddress
          recipe.profile = profile == nil ? nil : profileBytes.baseAddress
          return assay_forge_jpeg(&recipe, &out)
        }
      }
    }
    return ImageForge.adopt(count, out)
  }
}

/// What a PNG is to be made of.
package struct PNGRecipe {
  package var width: Int
  package var height: Int
  /// 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA.
  package var colorType: Int
  /// Bits a sample.
  package var depth: Int
  /// Row-major, interleaved, unscaled.
  package var samples: [UInt16]
  package var isInterlaced = false
  /// 0...4 for all rows, 5 to take them in turn.
  package var filter = 5
  package var level = 6
  /// Bytes of an IDAT chunk, 0 for one chunk.
  package var chunkByteCount = 0
  package var palette: [UInt8]?
  package var transparency: [UInt8]?
  /// Chunks to place before the image data.
  package var chunks: [PNGChunk] = []

  package init(width: Int, height: Int, colorType: Int, depth: Int, samples: [UInt16]) {
    self.width = width
    self.height = height
    self.colorType = colorType
    self.depth = depth
    self.samples = samples
  }

  func encoded() -> [UInt8] {
    var recipe = assay_forge_png_t()
    recipe.width = UInt32(width)
    recipe.height = UInt32(height)
    recipe.color_type = UInt8(colorType)
    recipe.depth = UInt8(depth)
    recipe.interlaced = isInterlaced
    recipe.filter = UInt8(filter)
    recipe.level = UInt8(level)
    recipe.chunk_bytes = UInt32(chunkByteCount)
    let extra = chunks.flatMap(\.bytes)
    recipe.palette_bytes = palette?.count ?? 0
    recipe.transparency_bytes = transparency?.count ?? 0
    recipe.chunks_bytes = extra.count
    var out: UnsafeMutablePointer<UInt8>?
    let count = samples.withUnsafeBufferPointer { samples in
      (palette ?? []).withUnsafeBufferPointer { paletteBytes in
        (transparency ?? []).withUnsafeBufferPointer { transparencyBytes in
          extra.withUnsafeBufferPointer { extraBytes in
            recipe.samples = samples.baseAddress
            recipe.palette = palette == nil ? nil : paletteBytes.baseAddress
            recipe.transparency = transparency == nil ? nil : transparencyBytes.baseAddress
            recipe.chunks = extraBytes.baseAddress
            return assay_forge_png(&recipe, &out)
          }
        }
      }
    }
    return ImageForge.adopt(count, out)
  }
}

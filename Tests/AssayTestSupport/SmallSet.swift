import CImageForge

/// A small set of images with sidecars, the same in every container.
package enum SmallSet {
  /// Members sorted by path: JPEG and PNG in two folders, two sidecars, litter.
  package static func members(count: Int = 24, seed: UInt64 = 7) -> [ArchiveForge.Member] {
    var members: [ArchiveForge.Member] = [.init("a/._0.jpg", [0]), .init("b/.DS_Store", [0])]
    for index in 0..<count {
      let folder = index % 2 == 0 ? "a" : "b"
      let number = String(repeating: "0", count: 3 - String(index).count) + String(index)
      members.append(.init("\(folder)/\(number).\(index % 3 == 0 ? "png" : "jpg")", image(index, seed: seed)))
      if index % 6 == 1 {
        members.append(
          .init("\(folder)/\(number).json", Array("{\"n\": \(index), \"camera\": \"c\(index % 5)\"}".utf8)))
      }
    }
    return members.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
  }

  /// The size of the image of that number.
  package static func size(_ index: Int) -> (width: Int, height: Int) {
    (24 + index % 5 * 7, 20 + index % 3 * 9)
  }

  /// One image: every third a PNG, sizes and colours vary.
  package static func image(_ index: Int, seed: UInt64) -> [UInt8] {
    let (width, height) = size(index)
    if index % 3 == 0 {
      let samples = ImageForge.samples(width * height * 3, depth: 8, seed: seed &+ UInt64(index))
      return ImageForge.png(PNGRecipe(width: width, height: height, colorType: 2, depth: 8, samples: samples))
    }
    let channels = index % 4 == 1 ? 1 : 3
    let pixels = ImageForge.scene(
      width: width, height: height, channels: channels, seed: seed &+ UInt64(index))
    return ImageForge.jpeg(
      JPEGRecipe(
        width: width, height: height, pixels: pixels,
        model: channels == 1 ? ASSAY_FORGE_GRAY : ASSAY_FORGE_YCBCR))
  }
}

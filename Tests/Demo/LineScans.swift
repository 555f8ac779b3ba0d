import AssayTestSupport
import CImageForge
import Crypto

/// Images of a line-scan camera over printed parts, with the labels and the user that each belongs to.
struct LineScans {
  private struct Scan {
    var name: String
    var bytes: [UInt8]
    var fields: [String]
  }

  private var columns: [String]
  private var scans: [Scan]
  private static let labels = ["scratch", "dent", "clean"]

  /// What the model was trained on: 256 x 256, grayscale, user ids hashed.
  static func training(count: Int) -> LineScans {
    let scans = (0..<count).map { index in
      var recipe = JPEGRecipe(
        width: 256, height: 256, pixels: lines(side: 256, seed: UInt64(index), brightness: 0),
        model: ASSAY_FORGE_GRAY)
      recipe.quality = 92
      return Scan(
        name: "scan-\(index).jpg", bytes: ImageForge.jpeg(recipe),
        fields: [labels[index % 3], hashed("user-\(index % 17)")])
    }
    return LineScans(columns: ["label", "user_id"], scans: scans)
  }

  /// What production sends after an upgrade nobody announced: 1024 x 1024, colour, brighter, one file cut short, a
  /// position in the EXIF data, and names in clear.
  static func production(count: Int) -> LineScans {
    let scans = (0..<count).map { index in
      var bytes = ImageForge.jpeg(upgraded(index))
      if index == 7 { bytes.removeLast(bytes.count / 2) }
      return Scan(
        name: "scan-\(index).jpg", bytes: bytes,
        fields: [labels[index % 2], hashed("user-\(index % 11)"), "User Number \(index % 11)"])
    }
    return LineScans(columns: ["label", "user_id", "user_name"], scans: scans)
  }

  private static func upgraded(_ index: Int) -> JPEGRecipe {
    let gray = lines(side: 1024, seed: UInt64(1000 + index), brightness: 60)
    var colour: [UInt8] = []
    colour.reserveCapacity(gray.count * 3)
    for value in gray { colour += [value, UInt8(max(0, Int(value) - 25)), UInt8(max(0, Int(value) - 50))] }
    var recipe = JPEGRecipe(width: 1024, height: 1024, pixels: colour)
    recipe.quality = 80
    if index == 3 {
      var exif = EXIFForge()
      exif.model = "LineCam 2"
      exif.hasPosition = true
      recipe.exif = exif.tiff()
    }
    return recipe
  }

  /// Bright lines on a darker ground, with grain. Shape: side x side.
  private static func lines(side: Int, seed: UInt64, brightness: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let period = Int.random(in: 9...23, using: &random) * side / 256
    let slope = Int.random(in: 1...4, using: &random)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side)
    for y in 0..<side {
      for x in 0..<side {
        let isLine = (x + y / slope) % period < period / 4
        // One draw of eight bits a pixel is grain enough.
        let grain = Int(truncatingIfNeeded: random.next() & 15)
        pixels.append(UInt8(min(255, (isLine ? 150 : 70) + brightness + grain)))
      }
    }
    return pixels
  }

  private static func hashed(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  func write(to folder: DemoFolder, named name: String) {
    var manifest = (["file_name"] + columns).joined(separator: ",") + "\n"
    for scan in scans {
      folder.write(scan.bytes, to: "\(name)/\(scan.name)")
      manifest += ([scan.name] + scan.fields).joined(separator: ",") + "\n"
    }
    folder.write(Array(manifest.utf8), to: "\(name).csv")
  }
}

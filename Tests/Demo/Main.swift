import Glibc

/// Writes the demo's data: `assay-demo FOLDER` makes `FOLDER/training` and `FOLDER/production`.
@main
enum Main {
  static func main() {
    guard CommandLine.arguments.count == 2 else {
      print("usage: assay-demo FOLDER")
      exit(2)
    }
    let folder = DemoFolder(path: CommandLine.arguments[1])
    LineScans.training(count: 240).write(to: folder, named: "training")
    LineScans.production(count: 80).write(to: folder, named: "production")
  }
}

/// Where the demo writes.
struct DemoFolder {
  let path: String

  func write(_ bytes: [UInt8], to name: String) {
    let full = "\(path)/\(name)"
    var cut = full.startIndex
    while let slash = full[full.index(after: cut)...].firstIndex(of: "/") {
      mkdir(String(full[..<slash]), 0o755)
      cut = slash
    }
    guard let file = fopen(full, "wb"), fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0
    else {
      print("\(full): cannot be written")
      exit(3)
    }
  }
}

import AssayTestSupport
import CLinux
import Glibc
import Testing

/// Paths below a folder, with the system call for it and without.
struct OpeningBeneathTests {
  private let folder: TemporaryFolder
  private let root: Int32

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("text", to: "set/a/b.txt")
    try folder.write("text", to: "outside.txt")
    symlink("a", folder.path("set/link"))
    symlink("../outside.txt", folder.path("set/a/out.txt"))
    root = open(folder.path("set"), O_RDONLY | O_DIRECTORY)
  }

  /// What `errno` says of a path; 0 where it opens.
  private func outcome(_ path: String, _ opening: (Int32, UnsafePointer<CChar>) -> Int32) -> Int32 {
    let file = opening(root, path)
    guard file >= 0 else { return errno }
    close(file)
    return 0
  }

  @Test(arguments: [
    ("a/b.txt", 0), ("a//b.txt", 0), ("./a/b.txt", 0), ("a", 0), ("a/none", ENOENT), ("a/b.txt/c", ENOTDIR),
    ("link/b.txt", ELOOP), ("link", ELOOP), ("a/out.txt", ELOOP), ("../outside.txt", EXDEV),
    ("/etc/hostname", EXDEV),
    ("", ENOENT),
  ])
  func bothWaysOpenTheSame(path: String, expected: Int32) {
    #expect(outcome(path, assay_walk_beneath) == expected)
    #expect(outcome(path, assay_open_beneath) == expected)
    close(root)
  }

  @Test func theWayWithoutTheCallTakesNoStepUp() {
    #expect(outcome("a/../a/b.txt", assay_walk_beneath) == EXDEV)
    close(root)
  }
}

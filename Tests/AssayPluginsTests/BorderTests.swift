import AssayEngine
import AssayPlugins
import AssayTestSupport
import Testing

@Suite("The first-party measurement of borders")
struct BorderTests {
  private let run: RecordRun

  init() throws { run = try RecordRun() }

  /// What it measures of a gray image of 40 x 60 with a frame of 2 pixels.
  private func measure(frame: UInt16, inside: UInt16, with parameters: String) throws -> (
    mean: Double?, dark: Double?
  ) {
    let samples = (0..<60 * 40).map { index -> UInt16 in
      let (x, y) = (index % 40, index / 40)
      return (2..<38).contains(x) && (2..<58).contains(y) ? inside : frame
    }
    let recipe = PNGRecipe(width: 40, height: 60, colorType: 0, depth: 8, samples: samples)
    try run.folder.write(ImageForge.png(recipe), to: "set/a.png")
    let schema = "invariants: [{id: border, use: org.assay.border/1, with: {\(parameters)}}]"
    let row = try run.validate(schema) {
      $0.plugins = PluginSearch(registry: PluginRegistry(only: ExecutableFolder.path))
    }.rows[0]
    return (row.number("org.assay.border/1:mean"), row.number("org.assay.border/1:dark"))
  }

  @Test func aBlackFrameIsAllDark() throws {
    let border = try measure(frame: 0, inside: 255, with: "width: 0.05")
    #expect(border.mean == 0)
    #expect(border.dark == 1)
  }

  @Test func aWhiteFrameIsNotDarkWhateverIsInside() throws {
    let border = try measure(frame: 255, inside: 0, with: "width: 0.05")
    #expect(border.mean == 1)
    #expect(border.dark == 0)
  }

  @Test func aBorderOfHalfTheSideIsTheWholeImage() throws {
    let border = try measure(frame: 0, inside: 255, with: "width: 0.5")
    #expect(border.dark == Double(60 * 40 - 56 * 36) / (60 * 40))
  }

  @Test func theLevelSaysWhatIsDark() throws {
    #expect(try measure(frame: 100, inside: 255, with: "width: 0.05, level: 99").dark == 0)
    #expect(try measure(frame: 100, inside: 255, with: "width: 0.05, level: 100").dark == 1)
  }
}

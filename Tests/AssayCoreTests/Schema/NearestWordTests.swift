import AssayCore
import Testing

struct NearestWordTests {
  @Test(arguments: [
    ("widht", "width"), ("heigth", "height"), ("colour", "color"), ("format", "formats"), ("Width", "width"),
    ("xyz", nil),
    ("brigtness", "brightness"), ("severtiy", "severity"),
  ])
  func theWordThatWasMeant(word: String, expected: String?) {
    let words = ["width", "height", "color", "formats", "brightness", "severity", "allow"]
    #expect(nearestWord(to: word, among: words) == expected)
  }
}

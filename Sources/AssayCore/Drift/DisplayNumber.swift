/// Numbers for people: few digits, the same on every machine.
package enum DisplayNumber {
  /// At most four significant digits.
  package static func text(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
    if number == number.rounded(), abs(number) < 1e15 { return "\(Int64(number))" }
    if abs(number) < 1e-4 { return "\(SignificantDigits.rounded(number, to: 4))" }
    var scale = 1.0
    while abs(number) * scale < 1000 { scale *= 10 }
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
  }

  /// `37 %`, with one digit behind the point below ten.
  package static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    if tenths == 0, share > 0 { return "< 0.1 %" }
    if tenths >= 100 || tenths.truncatingRemainder(dividingBy: 10) == 0 {
      return "\(Int64((share * 100).rounded())) %"
    }
    return "\(Int64(tenths) / 10).\(Int64(tenths) % 10) %"
  }
}

/// Names out of the data, made fit for one line of a report.
package enum DisplayText {
  /// At most 40 characters, control characters as `\u{..}`; quoted where it is empty or has blanks at its ends.
  package static func name(_ text: String) -> String {
    let shown = text.count > 40 ? text.prefix(37) + "..." : text[...]
    let escaped = shown.unicodeScalars.map { scalar in
      isPlain(scalar) ? String(scalar) : scalar.escaped(asASCII: true)
    }.joined()
    return escaped.isEmpty || escaped.hasPrefix(" ") || escaped.hasSuffix(" ") ? "\"\(escaped)\"" : escaped
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}

package import AssayCore

/// Kinds of personal data that are recognised in a text.
package enum PersonalDataKind: Sendable, Hashable, CaseIterable {
  case email, phone, card

  /// The code of its finding.
  package var code: FindingCode {
    switch self {
    case .email: .privacyEmail
    case .phone: .privacyPhone
    case .card: .privacyCard
    }
  }

  /// The words of its finding.
  package var words: String {
    switch self {
    case .email: "an e-mail address"
    case .phone: "a phone number"
    case .card: "a card number"
    }
  }
}

/// Finds e-mail addresses, phone and card numbers in a text.
///
/// What is not promised: names, postal addresses, phone numbers written as plain digits, addresses with
/// "(at)". What is avoided: digits inside hashes, timestamps, decimals, versions and identifiers.
package struct PersonalDataDetector: Sendable {
  private let email: Regex
  private let phone: Regex
  private let card: Regex

  /// Compiles the expressions; the failure would name a fault in them.
  package init() throws(Regex.Failure) {
    email = try Regex(
      #"[\pL\pN._%+'-]+@(?:[\pL\pN](?:[\pL\pN-]*[\pL\pN])?\.)+\pL\pL+"#)
    phone = try Regex(
      [
        #"\+[1-9](?:[ ./()-]{0,2}[0-9]){7,14}"#,  // international
        #"\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[ .-][0-9]{4}"#,  // (212) 555-0123
        #"[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}"#,
        #"[2-9][0-9]{2}\.[2-9][0-9]{2}\.[0-9]{4}"#,
        #"0[1-9](?:[ .-][0-9]{2}){4}"#,  // 01 23 45 67 89
        #"0[1-9][0-9]{1,4}[ /][0-9]{6,8}"#,  // 030 1234567
        #"0[1-9][0-9]{2,3} [0-9]{3} [0-9]{3,4}"#,  // 020 7946 0123 without its fourth digit, 0117 496 0123
        #"0[1-9][0-9] [0-9]{4} [0-9]{4}"#,  // 020 7946 0123
      ].joined(separator: "|"))
    card = try Regex(#"[1-9](?:[ -]?[0-9]){12,18}"#)
  }

  /// The kinds that the text contains, in the order of `PersonalDataKind`.
  package func kinds(in text: String) -> [PersonalDataKind] {
    var text = text
    return text.withUTF8 { bytes in
      PersonalDataKind.allCases.filter { kind in
        switch kind {
        case .email: contains(email, in: bytes, where: isEmail)
        case .phone: contains(phone, in: bytes) { standsAlone($0, in: $1) && !isDecimal($1[$0]) }
        case .card: contains(card, in: bytes) { standsAlone($0, in: $1) && CardNumber.isValid($1[$0]) }
        }
      }
    }
  }

  private func contains(
    _ regex: Regex, in bytes: UnsafeBufferPointer<UInt8>,
    where isReal: (Range<Int>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var isFound = false
    regex.forEachMatch(in: bytes) { match in
      isFound = isReal(match, bytes)
      return !isFound
    }
    return isFound
  }

  /// Endings of files that follow an `@` in names such as `icon@2x.png`.
  private static let fileExtensions: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic", "pdf", "txt", "csv", "json",
    "xml",
  ]

  private func isEmail(_ match: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let ending = bytes[match].reversed().prefix { $0 != UInt8(ascii: ".") }.reversed()
    return !PersonalDataDetector.fileExtensions.contains(String(decoding: ending, as: UTF8.self).lowercased())
  }

  /// Whether the digits have one point and no other separator, as a coordinate does.
  private func isDecimal(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let separators = text.dropFirst().filter { $0 < 0x30 || $0 > 0x39 }
    return separators == [UInt8(ascii: ".")]
  }

  /// Whether the number is not a part of a longer word, decimal, date, address or path.
  private func standsAlone(_ match: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if match.lowerBound > 0 {
      let before = bytes[match.lowerBound - 1]
      if isWord(before)
        || "./-+=#:&%".utf8.contains(before) && !isLabel(before, at: match.lowerBound - 1, bytes)
      {
        return false
      }
    }
    guard match.upperBound < bytes.count else { return true }
    let after = bytes[match.upperBound]
    if isWord(after) { return false }
    let isJoint = "./-:".utf8.contains(after)
    return !(isJoint && match.upperBound + 1 < bytes.count && isWord(bytes[match.upperBound + 1]))
  }

  /// Whether the sign ends a label, as in `Tel:030 1234567`, and is no part of a number.
  private func isLabel(_ sign: UInt8, at index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: "."), index > 0 else { return false }
    let before = bytes[index - 1]
    return isWord(before) && !(before >= 0x30 && before <= 0x39)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}

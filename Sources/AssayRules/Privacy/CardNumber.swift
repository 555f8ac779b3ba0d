/// Recognises payment card numbers: a known prefix with its lengths, usual groups, and Luhn's check digit.
///
/// Source: ISO/IEC 7812-1 for the check; the issuers' published ranges for prefixes.
enum CardNumber {
  /// Whether the digits, with single spaces or hyphens between groups, are a card's number.
  static func isValid(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var digits: [Int] = []
    var groups = [0]
    var separators: Set<UInt8> = []
    for byte in text {
      if byte >= 0x30, byte <= 0x39 {
        digits.append(Int(byte - 0x30))
        groups[groups.count - 1] += 1
      } else {
        separators.insert(byte)
        groups.append(0)
      }
    }
    return separators.count <= 1 && isUsual(groups) && hasIssuer(digits) && passesLuhn(digits)
  }

  private static func isUsual(_ groups: [Int]) -> Bool {
    groups.count == 1 || groups == [4, 6, 5] || groups == [4, 6, 4]
      || (groups.dropLast().allSatisfy { $0 == 4 } && (1...4).contains(groups[groups.count - 1]))
  }

  private static func hasIssuer(_ digits: [Int]) -> Bool {
    guard digits.count >= 13 else { return false }
    let four = digits[0] * 1_000 + digits[1] * 100 + digits[2] * 10 + digits[3]
    switch four {
    case 4000...4999: return [13, 16, 19].contains(digits.count)  // Visa
    case 5100...5599, 2221...2720: return digits.count == 16  // Mastercard
    case 3400...3499, 3700...3799: return digits.count == 15  // American Express
    case 6011, 6440...6599: return (16...19).contains(digits.count)  // Discover
    case 3528...3589: return (16...19).contains(digits.count)  // JCB
    case 3000...3059, 3600...3699, 3800...3899: return digits.count == 14  // Diners Club
    case 6200...6299: return (16...19).contains(digits.count)  // UnionPay
    default: return false
    }
  }

  private static func passesLuhn(_ digits: [Int]) -> Bool {
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let doubled = index % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }
}

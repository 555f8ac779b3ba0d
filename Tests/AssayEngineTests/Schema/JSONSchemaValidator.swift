import AssayEngine
import Foundation

/// As much of JSON Schema (draft 2020-12) as `assay.schema.json` uses, over YAML whose scalars are texts. A
/// keyword it does not know is a fault of the test, and said.
struct JSONSchemaValidator {
  let root: [String: Any]

  init(_ data: Data) throws {
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  func accepts(_ tree: YAMLTree) -> Bool { matches(tree, root) }

  private static let known: Set<String> = [
    "$schema", "$defs", "$ref", "title", "description", "default", "type", "properties",
    "additionalProperties",
    "required", "anyOf", "oneOf", "enum", "const", "items", "minItems", "pattern", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
  ]

  private func matches(_ tree: YAMLTree, _ schema: [String: Any]) -> Bool {
    precondition(
      Set(schema.keys).isSubset(of: JSONSchemaValidator.known), "unknown keyword in \(schema.keys)")
    if let reference = schema["$ref"] as? String, !matches(tree, definition(reference)) { return false }
    if let choices = schema["anyOf"] as? [[String: Any]], !choices.contains(where: { matches(tree, $0) }) {
      return false
    }
    if let choices = schema["oneOf"] as? [[String: Any]], choices.count(where: { matches(tree, $0) }) != 1 {
      return false
    }
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] }
    if let types, !types.contains(where: { has($0, tree) }) { return false }
    return scalarMatches(tree, schema) && objectMatches(tree, schema) && listMatches(tree, schema)
  }

  private func definition(_ reference: String) -> [String: Any] {
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    guard let found = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
      preconditionFailure("no definition \(reference)")
    }
    return found
  }

  private func has(_ type: String, _ tree: YAMLTree) -> Bool {
    switch type {
    case "object": return tree.mapping != nil
    case "array": return tree.sequence != nil
    case "null": return tree.isNull
    default: break
    }
    guard let scalar = tree.scalar, !scalar.isNull else { return false }
    switch type {
    case "string": return true
    case "boolean": return scalar.text == "true" || scalar.text == "false"
    case "integer": return Int(scalar.text) != nil
    default: return Double(scalar.text) != nil
    }
  }

  private func scalarMatches(_ tree: YAMLTree, _ schema: [String: Any]) -> Bool {
    if let words = schema["enum"] as? [String] { return tree.scalar.map { words.contains($0.text) } ?? false }
    if let constant = schema["const"] as? Int { return tree.scalar?.text == String(constant) }
    guard let text = tree.scalar?.text else { return true }
    if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil
    {
      return false
    }
    if let least = schema["minLength"] as? Int, text.count < least { return false }
    if let most = schema["maxLength"] as? Int, text.count > most { return false }
    guard let number = Double(text) else { return true }
    if let least = schema["minimum"] as? Double, number < least { return false }
    if let most = schema["maximum"] as? Double, number > most { return false }
    if let least = schema["exclusiveMinimum"] as? Double, number <= least { return false }
    if let most = schema["exclusiveMaximum"] as? Double, number >= most { return false }
    return true
  }

  private func objectMatches(_ tree: YAMLTree, _ schema: [String: Any]) -> Bool {
    guard let entries = tree.mapping else { return true }
    if let required = schema["required"] as? [String],
      !required.allSatisfy({ key in entries.contains { $0.key == key } })
    {
      return false
    }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    return entries.allSatisfy { entry in
      if let property = properties[entry.key] { return matches(entry.value, property) }
      if let other = schema["additionalProperties"] as? [String: Any] { return matches(entry.value, other) }
      return schema["additionalProperties"] as? Bool ?? true
    }
  }

  private func listMatches(_ tree: YAMLTree, _ schema: [String: Any]) -> Bool {
    guard let items = tree.sequence else { return true }
    if let least = schema["minItems"] as? Int, items.count < least { return false }
    guard let item = schema["items"] as? [String: Any] else { return true }
    return items.allSatisfy { matches($0, item) }
  }
}

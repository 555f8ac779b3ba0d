import AssayCore

extension RunSchema {
  /// Throws if the schema says that the field is private: its values cut no set, so there would be no groups.
  package func demandPublic(_ field: String, for option: String) throws(ConfigurationError) {
    guard let declared = schema.fields.first(where: { $0.name == field }),
      declared.privacy?.hidesValue == true
    else { return }
    throw ConfigurationError(
      "\(option) \(field): expected a field whose values may be told, found one that the schema says is private; "
        + "name another, or none")
  }
}

extension Profile {
  /// What is to be said where records were to be cut by a field and no record could be; nil where some were.
  package func uncutWarning(timeField: String?) -> String? {
    guard recordCount > 0, configuration.partition != .none, parts.byGroup.isEmpty, parts.byStart.isEmpty
    else { return nil }
    if case .groups(let field) = configuration.partition {
      return
        "no record has the field \(field) that --group-by names, or it is private: the profile has no groups"
    }
    return
      "no record has a time (RFC 3339, or seconds since 1970) in the field \(timeField ?? "") that --time-field "
      + "names, or it is private: the profile has no windows"
  }
}

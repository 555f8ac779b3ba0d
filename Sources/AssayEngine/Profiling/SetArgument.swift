package import AssayCore
package import AssayIngest

/// A set as a command line names it: one profile, or the sources that are profiled now.
package enum SetArgument: Sendable {
  case profile(String)
  case sources([SourceArgument])

  /// Whether there are sources to be read.
  var isOfSources: Bool { if case .sources = self { true } else { false } }

  /// Understands the names of one set.
  ///
  /// Throws `SourceError` where nothing is there to be read, `ConfigurationError` for names that cannot go together.
  package init(_ names: [String]) throws {
    guard let profile = names.first(where: ProfileFile.isProfile) else {
      self = .sources(try SourceArgument.parse(names))
      return
    }
    guard names.count == 1 else {
      throw ConfigurationError(
        "\(profile): a profile stands for a whole set; expected it alone, found \(names.count) names: "
          + "`assay merge` adds profiles")
    }
    self = .profile(profile)
  }

  /// Understands the names of sets in order of time: several profiles, one set each; or the names of one set.
  package static func series(_ names: [String]) throws -> [SetArgument] {
    names.count > 1 && names.allSatisfy(ProfileFile.isProfile)
      ? names.map { .profile($0) } : [try SetArgument(names)]
  }

  /// Reads the profile, or profiles the sources, by groups where `partition` names their field. Without `schema` fields
  /// are taken as they come. `overlap` and `skew` see every record of sources.
  package func profiled(
    _ ingest: IngestOptions, schema: RunSchema? = nil, partition: Partition = .none,
    overlap: OverlapPass? = nil, skew: SkewPass? = nil
  ) throws -> ProfiledSet {
    switch self {
    case .profile(let path):
      return ProfiledSet(name: path, profile: try ProfileFile.read(path, hashKey: ingest.hashKey))
    case .sources(let sources):
      var options = ingest
      options.sources = sources
      schema?.apply(to: &options)
      overlap?.apply(to: &options)
      skew?.apply(to: &options)
      // Which field has the time is not in a profile, so windows cannot be made anew.
      var known = Partition.none
      if case .groups(let field) = partition {
        options.reading.groupField = field
        known = partition
      }
      let others: [(any RecordConsumer)?] = [overlap?.consumer, skew?.side]
      return try Profiling(options, partition: known, keepsLocators: true).run(
        besides: others.compactMap(\.self)
      ).set
    }
  }
}

/// A set that can be compared or inferred from.
package struct ProfiledSet: Sendable {
  /// What its reader knows it by.
  package var name: String
  package var profile: Profile
  /// What became of its sources; nil for a profile that was read.
  package var accounts: RunAccounts?
  /// Of the first of several windows, records that are in none of them.
  package var looseCount: Int64 = 0
  /// Where its sampled records are; of a profile that was read, nowhere.
  package var locators: SampleLocators

  package init(
    name: String, profile: Profile, accounts: RunAccounts? = nil, locators: SampleLocators = SampleLocators()
  ) {
    self.name = name
    self.profile = profile
    self.accounts = accounts
    self.locators = locators
  }

  /// What a run made of its sources.
  init(_ consumer: ProfileConsumer, _ accounts: RunAccounts) {
    self.init(
      name: accounts.name, profile: consumer.profile, accounts: accounts,
      locators: consumer.locators ?? SampleLocators())
    profile.isPartial = !accounts.incomplete.isEmpty
  }

  /// Sources that could not be read to their end.
  package var incomplete: [String] {
    if let accounts { return accounts.incomplete }
    return profile.isPartial ? ["\(name): a profile of sources that were not read to their end"] : []
  }

  /// Throws `SourceError` if all of it was read and nothing was there.
  package func demandRecords() throws(SourceError) {
    guard profile.recordCount == 0, incomplete.isEmpty else { return }
    throw SourceError(
      source: name, reason: "holds no records, so nothing was written (--allow-empty insists)")
  }
}

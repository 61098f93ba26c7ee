import Bus
import PlanDocuments
import Schema
import Storage

/// What indicators are: looked up, added by communes and provinces, adopted.
extension IndicatorsService {
  static func registerCatalogue(in handlers: inout Handlers<Indicators>) {
    handlers.on(ListDefinitions.self) { request, call, transaction in
      try IndicatorsStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(DefineIndicator.self) { request, call, transaction in
      let (keeper, definition) = (try keeper(call), request.definition)
      let above = keeper.commune == nil ? nil : keeper.provinceUnit
      try CatalogueRules.check(
        definition, before: try IndicatorsStore.defined(definition.code, by: keeper, transaction),
        above: try above.flatMap { try IndicatorsStore.defined(definition.code, by: $0, transaction) },
        in: try IndicatorsStore.catalogue(of: keeper, transaction))
      try IndicatorsStore.keep(definition, of: keeper, transaction)
      return .accepted(try shown(definition.code, of: keeper, transaction))
    }
    handlers.on(AdoptIndicator.self) { request, call, transaction in
      let province = try keeper(call)
      guard province.commune == nil, province.contains(request.unit), request.unit.commune != nil,
        let defined = try IndicatorsStore.defined(request.code, by: request.unit, transaction)
      else { throw Refusal.notFound("chỉ tiêu riêng", "local indicator", request.code, at: "code") }
      let other = try request.into.map { try entry($0, of: province, transaction) }
      let definition = try CatalogueRules.adopted(
        defined, by: request, into: other,
        own: try IndicatorsStore.defined(request.code, by: province, transaction),
        in: try IndicatorsStore.catalogue(of: province, transaction))
      try IndicatorsStore.adopt(definition, of: request.unit, into: other?.code, transaction)
      return .accepted(try shown(request.code, of: request.unit, transaction))
    }
  }

  /// What is shipped under a code, or is the province's own.
  private static func entry(
    _ code: Slug, of province: Unit, _ transaction: borrowing Transaction
  ) throws -> Indicator.Definition {
    guard
      let definition = try IndicatorCatalogue.standard[code]
        ?? IndicatorsStore.defined(code, by: province, transaction)?.definition
    else { throw Refusal.notFound("chỉ tiêu trong danh mục", "indicator of the catalogue", code, at: "into") }
    return definition
  }

  private static func shown(
    _ code: Slug, of keeper: Unit, _ transaction: borrowing Transaction
  ) throws -> DefinedIndicator {
    guard let defined = try IndicatorsStore.defined(code, by: keeper, transaction) else { throw Refusal(.notFound) }
    return defined
  }
}

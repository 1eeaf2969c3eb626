/**
 * How large one operation may be. Measured on the expanded document (each fragment counted wherever it is spread),
 * before the planner sees it: planning time grows exponentially with fields that fan out through fragments. Each
 * fragment is walked once and its figures are added at each spread, so measuring itself stays linear in the document.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';

/** The largest figures that are accepted. */
export const limits = {
  /** Lexical tokens of the document as sent; the parser stops there. */
  tokens: 1000,
  /** Fields from the root to the deepest one; fragments add nothing of their own. */
  depth: 10,
  aliases: 15,
  /** Fields of the operation itself. */
  rootFields: 20,
  directives: 50,
  /** Fields that have fields of their own: what the planner has to find a way to. */
  objectFields: 100,
  /** Items asked for in one page (`first` or `last`). */
  page: 100,
  /** Objects that the answer can hold, lists multiplied by their pages. */
  cost: 5000,
} as const;

/** Items assumed for a list that has no page. */
const unpagedListItems = 10;

export type Limit = keyof typeof limits;
export type Size = Readonly<Record<Exclude<Limit, 'tokens'>, number>>;

/**
 * What a selection set adds to the size. `fixedCost` is its own; `itemCost` is what each item of the connection around
 * it costs, which only that connection's page can turn into a number.
 */
type Part = {
  depth: number;
  aliases: number;
  fields: number;
  directives: number;
  objectFields: number;
  page: number;
  fixedCost: number;
  itemCost: number;
};

type Walk = {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly measured: Map<string, Part>;
};

/** Measures an operation. Unknown names count as leaves' parents do; validation refuses them afterwards. */
export function measure(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): Size {
  const walk: Walk = { schema, fragments, operation, variables, measured: new Map() };
  const part = ofSelections(
    operation.selectionSet,
    schema.getRootType(operation.operation) ?? undefined,
    walk,
  );
  const variableDirectives = (operation.variableDefinitions ?? []).reduce(
    (sum, definition) => sum + (definition.directives?.length ?? 0),
    0,
  );
  return {
    depth: part.depth,
    aliases: part.aliases,
    rootFields: part.fields,
    directives: part.directives + variableDirectives + (operation.directives?.length ?? 0),
    objectFields: part.objectFields,
    page: part.page,
    cost: part.fixedCost + part.itemCost * limits.page,
  };
}

/** The first limit that a size breaks; undefined when it keeps them all. */
export function brokenLimit(size: Size): Exclude<Limit, 'tokens'> | undefined {
  return (Object.keys(size) as (keyof Size)[]).find((limit) => !(size[limit] <= limits[limit]));
}

function nothing(): Part {
  return {
    depth: 0,
    aliases: 0,
    fields: 0,
    directives: 0,
    objectFields: 0,
    page: 0,
    fixedCost: 0,
    itemCost: 0,
  };
}

function ofSelections(
  selectionSet: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  walk: Walk,
): Part {
  const total = nothing();
  for (const selection of selectionSet.selections) {
    total.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      add(total, ofField(selection, parent, walk));
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      add(total, ofFragment(selection.name.value, walk));
    } else {
      const condition = selection.typeCondition?.name.value;
      const type = condition === undefined ? parent : walk.schema.getType(condition);
      add(total, ofSelections(selection.selectionSet, type, walk));
    }
  }
  return total;
}

function ofFragment(name: string, walk: Walk): Part {
  const known = walk.measured.get(name);
  if (known !== undefined) return known;
  const fragment = walk.fragments.get(name);
  if (fragment === undefined) return nothing();
  // A fragment that spreads itself meets this entry and ends here; validation refuses it afterwards.
  walk.measured.set(name, nothing());
  const part = ofSelections(
    fragment.selectionSet,
    walk.schema.getType(fragment.typeCondition.name.value),
    walk,
  );
  part.directives += fragment.directives?.length ?? 0;
  walk.measured.set(name, part);
  return part;
}

function ofField(node: FieldNode, parent: GraphQLNamedType | undefined, walk: Walk): Part {
  const own = nothing();
  own.fields = 1;
  own.aliases = node.alias === undefined ? 0 : 1;
  const field = fieldOf(node.name.value, parent, walk);
  if (node.selectionSet === undefined) {
    own.depth = 1;
    return own;
  }
  const type = field === undefined ? undefined : getNamedType(field.type);
  const inner = ofSelections(node.selectionSet, isCompositeType(type) ? type : undefined, walk);
  own.aliases += inner.aliases;
  own.directives += inner.directives;
  own.objectFields = inner.objectFields + 1;
  const page = pageOf(node, field, walk);
  own.page = Math.max(inner.page, page ?? 0);
  own.depth = inner.depth + (isTypeWrapper(node, parent) ? 0 : 1);

  const items = page ?? limits.page;
  const each = 1 + inner.fixedCost + inner.itemCost * items;
  const isList = field !== undefined && isListType(getNullableType(field.type));
  if (!isList) own.fixedCost = isTypeWrapper(node, parent) ? each - 1 : each;
  else if (page !== undefined) own.fixedCost = each * page;
  else if (isConnection(parent)) own.itemCost = each;
  else own.fixedCost = each * unpagedListItems;
  return own;
}

/**
 * Introspection reads a wrapped type (`[Teacher!]!`) through a chain of `ofType`, which holds one object and ends with
 * the type: it makes the standard introspection query 9 deeper than anything it reads, and nothing larger.
 */
function isTypeWrapper(node: FieldNode, parent: GraphQLNamedType | undefined): boolean {
  return node.name.value === 'ofType' && parent?.name === '__Type';
}

function isConnection(parent: GraphQLNamedType | undefined): boolean {
  return isObjectType(parent) && Object.hasOwn(parent.getFields(), 'pageInfo');
}

function fieldOf(
  name: string,
  parent: GraphQLNamedType | undefined,
  walk: Walk,
): GraphQLField<unknown, unknown> | undefined {
  if (parent !== undefined && parent === walk.schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const fields = parent.getFields();
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The page that a field asks for; undefined when it takes none. What isn't a count is taken as the largest page. */
function pageOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
  walk: Walk,
): number | undefined {
  const pageArguments = field?.args.filter(({ name }) => name === 'first' || name === 'last') ?? [];
  if (pageArguments.length === 0) return undefined;
  let page: number | undefined;
  for (const argument of pageArguments) {
    const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    let value: unknown = argument.defaultValue;
    if (given?.kind === Kind.VARIABLE) value = variableValue(given.name.value, walk) ?? value;
    else if (given !== undefined) value = given.kind === Kind.INT ? Number(given.value) : null;
    if (value !== undefined) page = Math.max(page ?? 0, count(value));
  }
  return page ?? limits.page;
}

function count(value: unknown): number {
  return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : limits.page;
}

function variableValue(variable: string, walk: Walk): unknown {
  if (Object.hasOwn(walk.variables, variable)) return walk.variables[variable];
  const definition = walk.operation.variableDefinitions?.find(
    (candidate) => candidate.variable.name.value === variable,
  );
  const preset = definition?.defaultValue;
  return preset?.kind === Kind.INT ? Number(preset.value) : undefined;
}

function add(total: Part, part: Part): void {
  total.depth = Math.max(total.depth, part.depth);
  total.page = Math.max(total.page, part.page);
  total.aliases += part.aliases;
  total.fields += part.fields;
  total.directives += part.directives;
  total.objectFields += part.objectFields;
  total.fixedCost += part.fixedCost;
  total.itemCost += part.itemCost;
}

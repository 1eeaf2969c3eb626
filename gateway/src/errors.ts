/** What a client can be told when a request fails: a closed list, so that no text from inside ever travels with it. */
import { blotted } from '@shixun/runtime';
import { type GraphQLError, type GraphQLSchema, Kind } from 'graphql';

type Answer = { readonly status: number; readonly zh: string; readonly en: string };

const answers = {
  BAD_REQUEST: { status: 400, zh: '请求格式有误。', en: 'The request is not well formed.' },
  BATCH_NOT_SUPPORTED: {
    status: 400,
    zh: '不支持批量请求，请逐个发送。',
    en: 'Batches are not supported; send one operation per request.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    zh: 'GraphQL 文档有语法错误。',
    en: 'The GraphQL document does not parse.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    zh: 'GraphQL 文档与当前架构不符。',
    en: 'The GraphQL document does not fit the schema.',
  },
  BAD_USER_INPUT: {
    status: 400,
    zh: '变量的值与其类型不符。',
    en: 'A variable has a value that its type does not allow.',
  },
  OPERATION_NOT_FOUND: {
    status: 400,
    zh: '文档中没有指定的操作。',
    en: 'The document has no such operation, or more than one and none was named.',
  },
  LIMIT_EXCEEDED: {
    status: 400,
    zh: '查询过大，请缩小后重试。',
    en: 'The operation is larger than one request may be.',
  },
  PERSISTED_DOCUMENT_NOT_FOUND: {
    status: 400,
    zh: '未登记的查询文档。',
    en: 'No document of this hash has been published.',
  },
  PERSISTED_DOCUMENT_REQUIRED: {
    status: 400,
    zh: '此环境只接受已登记文档的哈希值。',
    en: 'Only the hash of a published document is accepted here.',
  },
  UNAUTHENTICATED: {
    status: 401,
    zh: '请先登录，或重新登录。',
    en: 'Sign in, or sign in again.',
  },
  FORBIDDEN: {
    status: 403,
    zh: '您无权查看或执行此项。',
    en: 'This is not yours to see or do.',
  },
  NOT_FOUND: { status: 404, zh: '没有此地址。', en: 'There is nothing at this address.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    zh: '只接受 POST 请求。',
    en: 'Operations are only taken by POST.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, zh: '请求体过大。', en: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    zh: '请求体必须为 application/json。',
    en: 'The request body must be application/json.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    zh: '请求过于频繁，请稍后重试。',
    en: 'Too many requests; try again later.',
  },
  INTERNAL: {
    status: 500,
    zh: '系统内部错误，请凭请求编号联系管理员。',
    en: 'Something went wrong inside; quote the request id when you report it.',
  },
  INCOMPLETE_ANSWER: {
    status: 502,
    zh: '部分数据缺失。',
    en: 'A part of the answer is missing.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    zh: '部分服务暂时不可用，请稍后重试。',
    en: 'The part of the platform that knows this is not available now; try again later.',
  },
  AUTHENTICATION_UNAVAILABLE: {
    status: 503,
    zh: '身份验证服务暂时不可用，请稍后重试。',
    en: 'Tokens cannot be verified at the moment; try again later.',
  },
  OVERLOADED: {
    status: 503,
    zh: '系统繁忙，请稍后重试。',
    en: 'Too busy at the moment; try again later.',
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    zh: '处理超时，请稍后重试。',
    en: 'No answer came in time; try again later.',
  },
} as const satisfies Record<string, Answer>;

export type ErrorCode = keyof typeof answers;
/** Every code with its HTTP status and texts: what the generated reference of errors lists. */
export const errorAnswers: Readonly<Record<ErrorCode, Answer>> = answers;

/** Codes after which the same request can simply be sent again. */
const retryable = new Set<ErrorCode>([
  'SUBGRAPH_UNAVAILABLE',
  'AUTHENTICATION_UNAVAILABLE',
  'OVERLOADED',
  'DEADLINE_EXCEEDED',
]);

/** A request that is refused before it is executed. `figures` are shown; `detail` only outside production, and without values. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly code: ErrorCode;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly detail: string | undefined;
  constructor(
    code: ErrorCode,
    more: { figures?: Readonly<Record<string, string | number>>; detail?: string } = {},
  ) {
    super(code);
    this.code = code;
    this.figures = more.figures ?? {};
    this.detail = more.detail;
  }
}

/** An error as it leaves the gateway. */
export type ShownError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: ErrorCode };
};

export type Showing = { readonly requestId: string; readonly production: boolean };

/** Puts a code into words. */
export function shown(
  code: ErrorCode,
  showing: Showing,
  more: {
    path?: readonly (string | number)[] | undefined;
    figures?: Readonly<Record<string, string | number>>;
    detail?: string | undefined;
  } = {},
): ShownError {
  const { zh, en } = answers[code];
  return {
    message: en,
    ...(more.path === undefined ? {} : { path: more.path }),
    extensions: {
      ...more.figures,
      code,
      messageZh: zh,
      messageEn: en,
      requestId: showing.requestId,
      ...(more.detail === undefined || showing.production ? {} : { detail: more.detail }),
    },
  };
}

/** More errors than this are not worth reading: a page of 100 items can fail in every field. */
const shownErrorsMax = 50;

/** The errors of an executed operation, each reduced to what the closed list says about its code. */
export function shownErrors(
  errors: readonly GraphQLError[],
  showing: Showing,
  schema: GraphQLSchema,
): ShownError[] {
  return errors.slice(0, shownErrorsMax).map((error) => {
    const code = codeOf(error);
    const path = concretePath(error.path);
    return shown(code, showing, {
      path,
      detail: code === 'BAD_USER_INPUT' ? blotted(error.message, schema) : undefined,
    });
  });
}

/** The code of an error from execution; what the list doesn't know is an internal error. */
export function codeOf(error: Pick<GraphQLError, 'extensions' | 'nodes'>): ErrorCode {
  const code = error.extensions?.code;
  if (typeof code === 'string' && Object.hasOwn(answers, code)) return code as ErrorCode;
  // graphql-js gives no code to a variable that doesn't fit its type; it points at the variable's definition.
  if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) return 'BAD_USER_INPUT';
  return 'INTERNAL';
}

/** The planner's `@` stands for "every item of this list"; a client's path ends before it. */
function concretePath(path: GraphQLError['path']): readonly (string | number)[] | undefined {
  if (path === undefined) return undefined;
  const end = path.indexOf('@');
  const concrete = end === -1 ? path : path.slice(0, end);
  return concrete.length === 0 ? undefined : concrete;
}

export function statusOf(code: ErrorCode): number {
  return answers[code].status;
}

export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}

/** One thing that is missing, as a refusal names it. */
export interface MissingThing {
  readonly what: string;
  readonly suppliedBy: string;
  readonly by?: string;
}

/** One of several faults of a request, or one of several refusals. */
export interface ProblemDetail {
  /** Where in the request, as a JSON pointer (RFC 6901). */
  readonly pointer?: string;
  readonly code?: string;
  readonly detail: string;
  readonly missing?: readonly MissingThing[];
}

/** What a problem is made of. */
export interface ProblemParts {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** A wire name, such as `database.unavailable`; it never changes. */
  readonly code: string;
  /** What kind of problem this is, in one short line. */
  readonly title: string;
  /** What happened this time, why, and what to do. */
  readonly detail: string;
  readonly errors?: readonly ProblemDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of `application/problem+json` (RFC 9457), with our members `code`, `errors` and `correlationId`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly ProblemDetail[];
  readonly correlationId: string;
}

/** A typed answer that is not a success, thrown from anywhere and sent as problem details (RFC 9457). */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly ProblemDetail[];
  /** Headers the answer carries, such as `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(parts: ProblemParts, options?: ErrorOptions) {
    super(parts.detail, options);
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    if (parts.errors !== undefined) this.errors = parts.errors;
    this.headers = parts.headers ?? {};
  }

  /** The body to send. The cause is left out: it may hold paths, SQL or values. */
  toJSON(correlationId: string): ProblemBody {
    return {
      type: `/problems/${this.code}`,
      title: this.title,
      status: this.status,
      detail: this.detail,
      code: this.code,
      ...(this.errors !== undefined && { errors: this.errors }),
      correlationId,
    };
  }
}

import { Problem, type ProblemDetail } from '@concordat/platform';

/** Nothing the API reads is nested deeper; what is would cost more to look at than it is worth. */
const deepest = 64;
const mostFaultsTold = 100;

interface Place {
  readonly value: unknown;
  readonly above: Place | null;
  readonly name: string;
  readonly depth: number;
}

/**
 * Refuses what cannot be kept or read safely, wherever it stands in a JSON value: U+0000 and unpaired surrogates (jsonb
 * raises on them), numbers beyond what a double holds (`1e999` reads as Infinity), members called `__proto__`, and nesting
 * deeper than 64.
 * @throws Problem 400 naming the places.
 */
export function refuseUnkeepable(value: unknown): void {
  const faults: ProblemDetail[] = [];
  // A list and no recursion: 1 MB holds half a million brackets, and the stack does not.
  const places: Place[] = [{ value, above: null, name: '', depth: 0 }];
  for (let at = 0; at < places.length && faults.length < mostFaultsTold; at += 1) {
    const place = places[at]!;
    if (typeof place.value === 'string') {
      if (!isKeepable(place.value)) faults.push({ pointer: pointerOf(place), code: 'text.forbidden-character', detail: 'holds U+0000 or an unpaired surrogate' });
    } else if (typeof place.value === 'number') {
      if (!Number.isFinite(place.value)) faults.push({ pointer: pointerOf(place), code: 'number.too-large', detail: 'is larger than any number that can be kept' });
    } else if (typeof place.value === 'object' && place.value !== null) {
      if (place.depth === deepest) throw tooDeep();
      for (const [name, member] of Object.entries(place.value)) {
        const below = { value: member, above: place, name, depth: place.depth + 1 };
        if (!isKeepable(name)) faults.push({ pointer: pointerOf(place), code: 'text.forbidden-character', detail: 'a member name holds U+0000 or an unpaired surrogate' });
        else if (name === '__proto__') faults.push({ pointer: pointerOf(below), code: 'body.unreadable', detail: 'a member may not be called __proto__' });
        places.push(below);
      }
    }
  }
  if (faults.length > 0) throw unkeepable(faults);
}

/** True for text without U+0000 and unpaired surrogates. */
export function isKeepable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

function unkeepable(errors: readonly ProblemDetail[]): Problem {
  return new Problem({
    status: 400,
    code: errors[0]!.code!,
    title: 'The request holds what cannot be kept',
    detail: 'U+0000, unpaired surrogates, numbers beyond 1.8e308 and members called __proto__ cannot be kept. Take them out and send the request again.',
    errors,
  });
}

function tooDeep(): Problem {
  return new Problem({
    status: 400,
    code: 'body.too-deep',
    title: 'The body is nested too deep',
    detail: `Nothing here is nested deeper than ${deepest} levels. Look at the schema of this path in /api/openapi.json.`,
  });
}

function pointerOf(place: Place): string {
  let pointer = '';
  for (let at: Place = place; at.above !== null; at = at.above) pointer = `/${pointerStep(at.name)}${pointer}`;
  return pointer;
}

/** A member name as a step of a JSON pointer (RFC 6901); a character that cannot be sent stands as U+FFFD. */
export function pointerStep(name: string): string {
  return name.toWellFormed().replaceAll('\u0000', '\ufffd').replaceAll('~', '~0').replaceAll('/', '~1');
}

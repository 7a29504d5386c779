import type * as Swagger from '@nestjs/swagger';

/** What says something of the API for its document, as `@nestjs/swagger` names and types it. */
type Saying = 'ApiBearerAuth' | 'ApiBody' | 'ApiConsumes' | 'ApiExtension' | 'ApiOperation' | 'ApiResponse' | 'ApiTags';

/** What is said, or how to make it once it is asked for: a JSON Schema takes longer to make than its controller to load. */
type Said<Arguments extends unknown[]> = { [At in keyof Arguments]: Arguments[At] | (() => Arguments[At]) };

const kept: ((swagger: typeof Swagger) => void)[] = [];

/**
 * Decorators of `@nestjs/swagger` that are kept until the document is asked for. Few processes ever are, and the library
 * takes as long to load as Nest itself: a sixth of a cold start.
 */
function saying<N extends Saying>(name: N): (...said: Said<Parameters<(typeof Swagger)[N]>>) => MethodDecorator & ClassDecorator {
  return (...said) =>
    (...place: unknown[]) => {
      kept.push((swagger) => {
        const decorator = (swagger[name] as (...said: unknown[]) => (...place: unknown[]) => void)(...said.map((one) => (typeof one === 'function' ? one() : one)));
        decorator(...place);
      });
    };
}

export const ApiBearerAuth = saying('ApiBearerAuth');
export const ApiBody = saying('ApiBody');
export const ApiConsumes = saying('ApiConsumes');
export const ApiExtension = saying('ApiExtension');
export const ApiOperation = saying('ApiOperation');
export const ApiResponse = saying('ApiResponse');
export const ApiTags = saying('ApiTags');

/** Loads `@nestjs/swagger` and tells it all that was said. */
export async function swagger(): Promise<typeof Swagger> {
  const loaded = await import('@nestjs/swagger');
  for (const say of kept.splice(0)) say(loaded);
  return loaded;
}

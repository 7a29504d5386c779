import { Installation } from '@concordat/assembly';
import { log, Problem } from '@concordat/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { render } from './render.js';

/** What went wrong, as a page. A fault is logged whole and told as little as possible. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(private readonly installation: Installation) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const problem = told(thrown);
    const http = host.switchToHttp();
    const correlationId = http.getRequest<FastifyRequest>().id;
    if (problem.status >= 500) log.error('a page failed', { correlationId, fault: thrown });
    const reply = http.getResponse<FastifyReply>();
    for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
    void reply
      .status(problem.status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(render('problem', { problem: { status: problem.status, title: problem.title, detail: problem.detail, correlationId }, demo: this.installation.mode === 'demo' }));
  }
}

function told(thrown: unknown): Pick<Problem, 'status' | 'title' | 'detail' | 'headers'> {
  if (thrown instanceof Problem) return thrown;
  const headers = {};
  const status = thrown instanceof HttpException ? thrown.getStatus() : 500;
  if (status === 404) return { status, headers, title: 'Page not found', detail: 'Check the address, or begin at the start page.' };
  if (status < 500) return { status, headers, title: 'This cannot be done', detail: 'The request cannot be answered as it stands.' };
  return { status, headers, title: 'Sorry, something broke on our side', detail: 'It has been logged. Try again in a moment.' };
}

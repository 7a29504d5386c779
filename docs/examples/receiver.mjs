// A provider's server: verifies every webhook with the package `standardwebhooks` and prints what it says.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
createServer(async (request, response) => {
  const body = await text(request); // as it was sent: the signature is over these bytes, not over parsed JSON
  try {
    const { type, data } = webhook.verify(body, request.headers);
    console.log('VERIFIED', type, JSON.stringify(data));
    response.statusCode = 204;
  } catch (fault) {
    console.log('REJECTED', fault.message);
    response.statusCode = 400;
  }
  response.end();
}).listen(process.env.RECEIVER_PORT, '127.0.0.1');

const functions = require('@google-cloud/functions-framework');

functions.http('helloHttp', (request, response) => {
  response.type('text/plain').send(`Hello ${request.query.name || 'from Slipway'}!\n`);
});

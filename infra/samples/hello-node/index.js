exports.helloHttp = (request, response) => {
  response.type('text/plain').send('Hello from Slipway!\n');
};

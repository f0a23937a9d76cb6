// Called with every HTTP request; request and response are Express's.
exports.hello = (request, response) => {
  response.type('text/plain').send(`Hello ${request.query.name || 'World'}!\n`);
};

const http = require('node:http');

const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'text/plain');
  response.end(`Hello from ${process.env.K_SERVICE || 'a web application'}!\n`);
});

server.listen(process.env.PORT || 8080);
process.on('SIGTERM', () => server.close());

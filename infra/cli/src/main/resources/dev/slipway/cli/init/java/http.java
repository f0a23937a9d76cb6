package functions;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Called with every HTTP request. */
public class Hello implements HttpFunction {
    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        String name = request.getFirstQueryParameter("name").orElse("World");
        response.setContentType("text/plain");
        response.getWriter().write("Hello " + name + "!\n");
    }
}

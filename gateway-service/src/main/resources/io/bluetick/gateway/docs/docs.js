// The token lives in this variable and nowhere else: gone with the page.
let token = "";

document.getElementById("ask").addEventListener("submit", event => {
  event.preventDefault();
  token = document.getElementById("token").value.trim();
  SwaggerUIBundle({
    url: "/v3/api-docs",
    dom_id: "#docs",
    deepLinking: false,
    validatorUrl: null,
    requestInterceptor: request => {
      if (new URL(request.url, location.href).origin === location.origin) {
        request.headers.Authorization = "Bearer " + token;
      }
      return request;
    },
  });
});

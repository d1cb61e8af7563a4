import type { PageProps } from "fresh";

export default function App({ Component }: PageProps) {
  return (
    <html lang="en">
      <head>
        <title>App</title>
        <link key="main" rel="stylesheet" href="/main.css" />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
}

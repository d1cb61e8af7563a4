import { Title } from "../islands/Title.tsx";

export default function TitlePage() {
  return (
    <p>
      beside <Title /> text
    </p>
  );
}

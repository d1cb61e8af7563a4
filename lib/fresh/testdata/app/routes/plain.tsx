export default function Plain() {
  return <p>nothing to bring to life</p>;
}

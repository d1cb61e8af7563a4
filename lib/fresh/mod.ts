export class App<State> {
  s?: State;
}

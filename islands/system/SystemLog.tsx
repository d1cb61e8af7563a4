import { LogPage, type LogPageProps } from "../../components/system/LogPage.tsx";

/** The page of the log. */
export default function SystemLog(props: LogPageProps) {
  return <LogPage {...props} />;
}

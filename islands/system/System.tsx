import { SystemPage, type SystemPageProps } from "../../components/system/SystemPage.tsx";

/** The page of the machine. */
export default function System(props: SystemPageProps) {
  return <SystemPage {...props} />;
}

import { DashboardPage } from "../../components/dashboard/DashboardPage.tsx";
import { type DashboardIslandProps, DashboardScope } from "../../components/dashboard/DashboardScope.tsx";

/** The dashboard. */
export default function Dashboard(props: DashboardIslandProps) {
  return (
    <DashboardScope {...props}>
      <DashboardPage />
    </DashboardScope>
  );
}

import { FilesPage } from "../../components/files/FilesPage.tsx";
import { type FilesIslandProps, FilesScope } from "../../components/files/FilesScope.tsx";

/** The page of files. */
export default function FileManager(props: FilesIslandProps) {
  return (
    <FilesScope {...props}>
      <FilesPage data={props.data} />
    </FilesScope>
  );
}

import { Icon } from "../Icon.tsx";
import { Avatar } from "../profiles/Avatar.tsx";
import { useVisitor } from "./visitor.ts";

/** Whose page it is, with the way to another profile and out. A popover, which needs no script. Not shown to who is alone here. */
export function ProfileMenu() {
  const visitor = useVisitor();
  if (!visitor || (!visitor.canLogOut && !visitor.canSwitch)) return null;
  const { t, profile, canLogOut, canSwitch } = visitor;
  return (
    <>
      <button
        type="button"
        class="icon-button header__profile"
        popovertarget="profile-menu"
        aria-label={t("profile.menu", { name: profile.name })}
      >
        <Avatar profile={profile} />
      </button>
      <div id="profile-menu" class="popover header__profile-menu" popover="auto">
        <p class="header__profile-name">
          {profile.name}
          <span class="muted">{t(`profile.role.${profile.role}`)}</span>
        </p>
        <a class="menu__item" href="/settings/profile">
          <Icon name="user" />
          {t("profile.own")}
        </a>
        {canSwitch && (
          <a class="menu__item" href="/login?switch">
            <Icon name="users" />
            {t("profile.switch")}
          </a>
        )}
        {canLogOut && (
          <form method="post" action="/logout">
            <button type="submit" class="menu__item">
              <Icon name="log-out" />
              {t("settings.logOut")}
            </button>
          </form>
        )}
      </div>
    </>
  );
}

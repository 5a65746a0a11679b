//! The chart as PDF, as pixels and as drawings. The drawing itself is pure; here it gets its letters.
//!
//! Letters come from fonts that the program carries (Noto Sans: Latin, Greek, Cyrillic). Names in other scripts are
//! written with what is installed on the machine; where nothing is, those letters are missing and the rest stands.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use bytes::Bytes;
use domain::{
    Fault, Minute, ProjectId, UserId,
    projects::{
        exchange::{
            paper::PictureOptions,
            picture::{Picture, TitleBlock},
        },
        permission::ViewProjects,
        view::PicturePreview,
    },
};
use krilla::{Document, geom::Size, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Pixmap, Transform};
use tokio::sync::Semaphore;
use usvg::{Tree, fontdb};

use super::{CurrentPlan, activity::active_people, load_plan_at};
use crate::{Grant, fault::internal};

/// Pictures that are drawn at once; the others wait their turn.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Pixels from side to side.
const WIDEST: u32 = 10_000;
/// Pixels in all, which take four bytes each while they are drawn.
const MOST_PIXELS: f64 = 40_000_000.0;
/// Pixels from side to side where nothing is said.
const USUAL_WIDTH: u32 = 2_400;

/// Which picture of a plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct PictureAsked {
    pub options: PictureOptions,
    /// From 1; for drawings and pixels, which hold one page.
    pub page: Option<usize>,
    /// For pixels.
    pub width: Option<u32>,
}

/// What kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    Png,
    Svg,
}

/// The first page of what a file would be, for a look before it is made.
///
/// # Errors
/// `NotFound`; `InvalidInput` by field where there is more than can be drawn.
pub async fn preview_picture(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    at: Option<&str>,
    options: PictureOptions,
) -> Result<PicturePreview, Fault> {
    let plan = load_plan_at(grant, id, at).await?;
    let paper = Easel::new(grant, plan, at.is_some()).await?;
    aside(move || {
        let picture = paper.picture(&options)?;
        let (width, height) = picture.size();
        let svg = drawn(&picture, 0)?;
        Ok(PicturePreview { pages: picture.pages(), width, height, svg })
    })
    .await
}

/// A picture as a file.
pub(super) async fn draw(
    grant: &Grant<ViewProjects>,
    plan: Arc<CurrentPlan>,
    is_past: bool,
    kind: Kind,
    asked: PictureAsked,
) -> Result<Bytes, Fault> {
    let easel = Easel::new(grant, plan, is_past).await?;
    aside(move || {
        let picture = easel.picture(&asked.options)?;
        match kind {
            Kind::Pdf => pdf(&picture, &easel),
            Kind::Png => png(&picture, page_of(&picture, asked.page)?, asked.width),
            Kind::Svg => Ok(drawn(&picture, page_of(&picture, asked.page)?)?.into()),
        }
    })
    .await
}

/// Drawing takes up to seconds, and others wait for the thread that answers them.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    let _turn = DRAWING.acquire().await.map_err(|error| internal("waiting to draw", error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| internal("drawing", error))?
}

/// Everything that drawing needs to know.
struct Easel {
    plan: Arc<CurrentPlan>,
    people: HashMap<UserId, String>,
    title: TitleBlock,
}

impl Easel {
    async fn new(grant: &Grant<ViewProjects>, plan: Arc<CurrentPlan>, is_past: bool) -> Result<Self, Fault> {
        let people = active_people(&grant.db()).await?;
        let title = TitleBlock {
            organization: grant.pass().access.organization_name.clone(),
            now: Minute::from_datetime(grant.now().naive_utc()),
            as_of: is_past.then(|| format!("As of revision {}", plan.document.head.revision)),
        };
        Ok(Self { plan, people: people.into_iter().map(|person| (person.id, person.name)).collect(), title })
    }

    fn picture(&self, options: &PictureOptions) -> Result<Picture<'_>, Fault> {
        let person = |id| self.people.get(&id).cloned();
        Picture::new(&self.plan.document, &self.plan.schedule, person, self.title.clone(), options)
    }
}

/// The page that was asked for, from 0.
fn page_of(picture: &Picture<'_>, asked: Option<usize>) -> Result<usize, Fault> {
    let page = asked.unwrap_or(1);
    let pages = picture.pages();
    if (1..=pages).contains(&page) {
        Ok(page - 1)
    } else {
        Err(Fault::field("page", format!("There are pages 1 to {pages}.")))
    }
}

fn drawn(picture: &Picture<'_>, page: usize) -> Result<String, Fault> {
    picture.page(page).ok_or_else(|| Fault::field("page", "There is no such page."))
}

/// Our own letters first, then those of the machine.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../fonts/NotoSans-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../fonts/NotoSans-SemiBold.ttf").to_vec());
    fonts.load_system_fonts();
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

fn tree(svg: &str) -> Result<Tree, Fault> {
    let options =
        usvg::Options { font_family: "Noto Sans".to_owned(), fontdb: Arc::clone(&FONTS), ..usvg::Options::default() };
    Tree::from_str(svg, &options).map_err(|error| internal("reading a drawing", error))
}

#[expect(clippy::cast_possible_truncation, reason = "measures of paper")]
fn pdf(picture: &Picture<'_>, easel: &Easel) -> Result<Bytes, Fault> {
    let failed = || internal("laying out a page", "no such size");
    let (width, height) = picture.size();
    let size = Size::from_wh(width as f32, height as f32).ok_or_else(failed)?;
    let mut file = Document::new();
    for page in 0..picture.pages() {
        let tree = tree(&drawn(picture, page)?)?;
        let mut sheet = file.start_page_with(PageSettings::new(size));
        let mut surface = sheet.surface();
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(failed)?;
        surface.finish();
        sheet.finish();
    }
    let head = &easel.plan.document.head;
    let facts = Metadata::new()
        .title(format!("{} {}", head.code, head.name))
        .authors(vec![easel.title.organization.clone()])
        .creator("Takt".to_owned())
        .language("en".to_owned());
    file.set_metadata(facts);
    file.finish().map(Bytes::from).map_err(|error| internal("writing a PDF", format!("{error:?}")))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels within the limits checked here")]
fn png(picture: &Picture<'_>, page: usize, width: Option<u32>) -> Result<Bytes, Fault> {
    let (across, down) = picture.size();
    let fits = (MOST_PIXELS * across / down).sqrt() as u32;
    let wide = width.unwrap_or(USUAL_WIDTH.min(fits));
    if !(100..=WIDEST).contains(&wide) || wide > fits {
        let message = if fits < 100 {
            "This plan has too many rows for one picture; take a PDF, or paper and a page.".to_owned()
        } else {
            format!("This picture is 100 to {} pixels wide.", WIDEST.min(fits))
        };
        return Err(Fault::field("width", message));
    }
    let high = (f64::from(wide) * down / across).ceil().max(1.0);
    let tree = tree(&drawn(picture, page)?)?;
    let scale = wide as f32 / tree.size().width();
    let mut pixels = Pixmap::new(wide, high as u32).ok_or_else(|| internal("drawing pixels", "no room"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map(Bytes::from).map_err(|error| internal("writing pixels", error))
}

"""The words headings are made of, in the languages senders write, by what each says; folded, so each is listed once.

A phrase of several words counts as one word. Scripts without blanks are cut by the longest word that fits.
"""

from typing import Final

_WORDS: Final[dict[str, str]] = {
    # small words, and remarks on how to fill in
    "": (
        "of|the|de|del|la|du|des|da|do|der|di|le|les|el|d|l|and|et|und|a|an|au|aux|dos|das|em|en|in|this|cua|va|tai|duoc|vao|neu co|ghi ro|"
        "bat buoc|dd mm yyyy|mm dd yyyy|yyyy mm dd|dd mm|yyyy|if known|if any|si connu|pada|yang|の|的|に|utc|cs|dem|demo|illness|clinical|info|co|information|general|nao|la|c|celsius"
    ),
    "day": (
        "date|dates|day|datetime|dt|dte|dat|dtm|data|fecha|fec|fch|datum|tanggal|tgl|ngay|jour|dia|date and time|date time|ngay gio|ngay thang|"
        "ngay thang nam|thoi gian|thoi diem|年月日|日期|日付|日|날짜|일자|일"
    ),
    "start": "start|started|starting|begin|began|begins|beginning|debut|inicio|iniciales|first|1st|primeiros|primeros|primer|primera|apparition|appearance|beginn|mulai|awal|bat dau|tu|from|commencement|xuat hien",
    "end": "end|ended|ending|fin|fim|ende|selesai|akhir|ket thuc|den|to|until|till|het",
    "last": "last|latest|ultimo|ultima|dernier|derniere|letzter|letzte|letzten|terakhir|cuoi|cuoi cung|lan cuoi|gan nhat|gan day nhat|most recent",
    "planned": "expected|planned|estimated|presumed|probable date|du kien|prevu|prevista|previsto|approximate|approx",
    "asked": "yn|y n|yes no|si no|sim nao|oui non|co khong|flag|flg|フラグ|had|has|is|was|did|是否",
    # events and their days
    "death": "death|deaths|died|dead|deceased|dod|muerte|fallecimiento|fallecido|fallecida|fallecio|defuncion|def|obito|obitos|morte|mort|deces|decede|decedee|todesfall|tod|verstorben|gestorben|meninggal|kematian|wafat|decesso|deceduto|tu vong|chet|死亡|사망",
    "recovery": "recovery|recovered|recover|recuperado|recuperada|recuperacion|recuperacao|curado|cura|cured|guerison|gueri|genesen|genesung|sembuh|kesembuhan|guarigione|guarito|khoi benh|khoi|binh phuc|hoi phuc|cong bo khoi benh|cong bo khoi",
    "leaving": "discharge|discharged|alta|sortie|entlassung|entlassen|dimissione|ra vien|xuat vien|退院|出院|퇴원",
    "onset": "onset|khoi phat|phat benh|prodrome|erkrankung|erkrankungsbeginn|erkrankungsdatum|sin pri|発症|发病|發病|발병",
    "rash": "rash|eruption|exantema|exanteme|phat ban",
    "symptom": "symptom|symptoms|sintoma|sintomas|symptome|symptomes|gejala|sintomi|beschwerden|trieu chung|trieu chung lam sang|症状|症狀|증상",
    "report": "report|reported|reporting|reporte|notification|notified|notify|notificacion|notificacao|notific|notif|notificado|meldung|meldedatum|gemeldet|lapor|laporan|dilaporkan|bao cao|thong bao|rapport|报告|通報",
    "sample": "sample|samples|sampling|specimen|spec|swab|swabbed|muestra|muestras|amostra|coleta|colheita|prelevement|preleve|echantillon|probe|probenahme|probenentnahme|sampel|spesimen|campione|mau|benh pham|mau benh pham|lay mau|lay mau benh pham|lay mau xet nghiem|toma de muestra|採取|採檢|采样",
    "taken": "taken|collected|collection|toma|obtained|drawn",
    "test": "test|tests|tested|testing|teste|prueba|examen|exame|analyse|pcr|rt pcr|rtpcr|realtime pcr|rapid|antigen|antigene|antigeno|test nhanh|xet nghiem|xn|tes|uji|検査|檢驗|检测|검사",
    "lab": "lab|laboratory|labo|laboratorio|laboratoire|labor|laboratorium|laborator|phong xet nghiem|phong thi nghiem",
    "result": "result|tra ket qua|tra kq|tra kqxn|co ket qua|co kq|co kqxn|tra loi ket qua|tra loi kq|nhan ket qua|nhan kq|results|resultado|resultados|resultat|resultats|ergebnis|hasil|risultato|ket qua|kq|kqxn|結果|结果|결과",
    "detection": "pos|confirmation|confirmed|confirm|confirmado|confirme|confirmacion|confirmacao|diagnosis|diagnosed|diagnostico|diagnostic|diagnose|detection|detected|deteccion|phat hien|xac dinh|khang dinh|duong tinh|xac nhan|mac benh|become case|became case|陽性|確定|確診|个案研判|個案研判|확진",
    "outcome": "outcome|outc|final outcome|evolucion|evolucao|evoluca|issue|ausgang|ket cuc|ket qua dieu tri|exit status|devenir",
    "birth": "birth|born|nascimento|nasc|nacimiento|naissance|geburt|geburts|lahir|nascita|sinh|dob|生年|出生|생년",
    "quarantine": "quarantine|quarantined|cuarentena|quarentena|quarantaine|isolation|isolated|isolement|aislamiento|isolamento|isolasi|karantina|cach ly",
    "follow": "followup|follow up|suivi|seguimiento|monitoring|theo doi",
    "contact": "contact|contacts|contacto|contato|kontak|kontakt|tiep xuc|接触|接觸",
    "exposure": "exposure|exposed|exposicion|exposition|exposicao|phoi nhiem",
    "arrival": "arrival|arrived|arrivee|llegada|chegada|ankunft|einreise|kedatangan|nhap canh|ve dia phuong|den dia phuong",
    "stay": "hospital admission|admission to hospital|admission|admitted|admit|hospitalization|hospitalisation|hospitalized|hospitalised|hospitalizacion|internacao|interna|ingreso|aufnahme|nhap vien|vao vien|入院|住院|consultation|check in|checkin",
    "transfer": "transfer|transferred|transferencia|chuyen vien|chuyen tuyen|chuyen",
    "vaccine": "vaccination|vaccine|vaccines|vaccinated|vaccinal|vacina|vacuna|vacunacion|vacinacao|vaksin|vaksinasi|impfung|immunization|immunisation|dose|doses|dosis|tiem|tiem chung|vac xin|vacxin|mui|mui tiem|booster|nhac lai|tiem vac xin|ワクチン|接種",
    "entry": "created|creation|create|updated|update|modified|entered|entry|submitted|submission|data entry|export|exported|import|interview|interviewed|investigation|investigated|inquiry|cap nhat|nhap lieu|nhap|dieu tra|upload|last modified|digitacao|digita|cree|enregistrement",
    "announced": "announced|announcement|cong bo|公表|発表",
    "linked": "tiep xuc voi|tx voi|f1 cua|f2 cua|lien quan|lien quan den|lien quan voi|lien quan toi|lay tu|linked|related|index|infector|source|nguon lay tu",
    "degree": "f may|loai f|dien f|thuoc dien f|doi tuong f|phan loai f|muc f",
    "cluster": "cluster|clusters|chum|chum ca benh|o dich|foyer|conglomerado|brote|surto",
    "relation": "relationship|relation|relacion|lien de parente|quan he|moi quan he|hubungan",
    "temperature": "temperature|temperatura|nhiet do|than nhiet|suhu|suhu tubuh|body temperature",
    "status": "status|statut|estado|tinh trang",
    "batch": "so lo|so lo vac xin|batch|lot|lote",
    "treatment": "dieu tri|treatment|traitement|tratamiento|tratamento|behandlung",
    "before": "truoc khi|truoc|before|at|sau khi|sau|after",
    # who and where
    "patient": "patient|patients|paciente|malade|pasien|benh nhan|bn|nguoi benh|nguoi nhiem|患者|病人|환자",
    "person": "person|persons|individual|demographics|client|subject|sujet|participant|nguoi",
    "case": "case|caso|cas|fall|kasus|ca benh|ca|f0|truong hop|病例",
    "member": "student|students|hoc sinh|sinh vien|hoc vien|siswa|alumno|aluno|eleve|cong nhan|nhan vien|nguoi lao dong|employee|employees|staff member|guest|guests|khach|tamu|passenger|passengers|hanh khach|cong dan|nguoi dan|nguoi cach ly|nguoi duoc cach ly|nguoi duoc tiem|nguoi tiem|child|children|enfant|nino|crianca|anak|tre|benh nhi|traveller|traveler|member",
    "kin": "parent|parents|mother|father|mothers|fathers|guardian|mere|pere|madre|padre|mae|pai|ibu|ayah|bapak|wali|ortu|orang tua|tuteur|mutter|vater|spouse|relative|next of kin|kin|carer|caregiver|parent or carer|emergency contact|emergency|contact person|phu huynh|phu huynh hoc sinh|nguoi nha|nguoi than|than nhan|bo|me|cha|vo|chong|giam ho|nguoi giam ho|nguoi lien he|nguoi lien he khi can",
    "officer": "reporter|informant|investigator|interviewer|doctor|physician|clinician|notifier|medecin|medico|nguoi bao cao|nguoi khai bao|nguoi dieu tra|nguoi lap|nguoi lap bieu|can bo|can bo y te|can bo phu trach|bac si|nguoi nhap|nguoi nhap lieu|nguoi lay mau|nguoi gui|nguoi tiem|vaccinator|user|user name|username|reporting user|nguoi dung",
    "home": "residence|resident|residencia|residenza|resi|res|residing|home|area|living|current|currently|actual|actuelle|domicile|domisili|noi o|noi o hien nay|noi o hien tai|hien nay|hien tai|cu tru|noi cu tru|dang o|luu tru|sinh song|居住",
    "address": "address|addresses|direccion|endereco|adresse|alamat|anschrift|dia chi|cho o|tempat tinggal|wohnort|居住地|住所",
    "location": "location|locations|localizacion|localisation|localizacao",
    "temporary": "tam tru|noi tam tru|temporary",
    "street": "street|calle|rua|rue|strasse|jalan|streetaddress",
    "permanent": "permanent|thuong tru|ho khau|ho khau thuong tru",
    "province": "province|provinces|provincia|prov|bundesland|provinsi|region|regiao|departement|tinh|tinh thanh|tinh thanh pho|tinh tp|thanh pho|uf|sg uf|prefecture|都道府県|都道府県名|縣市|省",
    "district": "district|distrito|municipio|municipality|municip|mn|county|kabupaten|landkreis|quan|huyen|quan huyen|huyen quan|thi xa|comune|市区町村|市区町村名|区|區",
    "commune": "commune|comuna|parish|kecamatan|kelurahan|ward|xa|phuong|xa phuong|phuong xa|thi tran|xa thi tran|xa phuong thi tran|phuong xa thi tran|subdistrict|sub district|community",
    "hamlet": "hamlet|village|villages|aldeia|dusun|desa|thon|xom|to dan pho|khu pho|khu pho ap|ap|thon xom|thon to|to thon|thon ap|neighbourhood|neighborhood|village neighbourhood|barrio|bairro",
    "level": "admin|adm|administrative area level|niveau|level|admin level",
    "country": "country|pais|pays|negara|paese|quoc gia|nuoc|国籍国|국가",
    "name": "name|names|nombre|nome|nom|ten|nama|denominazione|氏名|姓名|이름|성명",
    "full": "full name|fullname|ho ten|ho va ten|ho ten day du|nome completo|nombre completo|nom complet|nama lengkap|nom et prenom|nom prenom",
    "given": "first name|firstname|other names|othernames|given name|given names|prenom|vorname|forename",
    "family": "last name|lastname|surname|family name|nom de famille|apellido|apellidos|sobrenome|nachname",
    "number": "id|ids|no|number|num|nro|nr|numero|nu|code|codigo|codice|kode|nomor|identifier|uuid|guid|visual id|visualid|ma|ma so|so|番号|編號",
    "local": "local|unique|internal|external|system generated|official|global|dia phuong|noi bo",
    "national": "national|nacional|nationale|nasional",
    "ministry": "bo y te|byt",
    "paper": "dinh danh|ma dinh danh|so dinh danh|can cuoc|cccd|cmnd|cmt|nik|ktp|identity card|identity document|identity|id card|passport or id",
    "cases": "cases|casos|病例數|faelle",
    "household": "household|ho gia dinh|hogar|menage|haushalt|rumah tangga",
    "head": "head|chu ho|chef|jefe|kepala",
    "size": "size|so nguoi|so nhan khau|taille|tamano|members",
    "total": "total|jumlah|tong|tong so",
    "phone": "phone|telephone|tel|telefono|telefone|telefon|mobile|celular|handy|handphone|hp|telepon|dien thoai|so dien thoai|sdt|so dt|di dong|phone number|mobile number|mobile phone|電話|전화",
    "mail": "email|e mail|mail|correo|courriel|surel",
    "money": "payment|pembayaran|pago|pagamento|paiement|thanh toan|zahlung|price|harga|precio|gia tien|so tien|amount",
    "booking": "booking|reservation|menginap|keluar|masuk|phong nghi|checkout|check out",
    "sex": "sex|sexo|sexe|gender|genero|genre|geschlecht|jenis kelamin|kelamin|sesso|gioi|gioi tinh|性別|性别|성별",
    "age": "age|edad|idade|alter|umur|usia|eta|tuoi|so tuoi|年齢|年齡|年龄|나이|연령",
    "years": "years|year|yrs|yr|anos|ano|ans|annees|annee|jahre|jahren|tahun|anni",
    "months": "months|month|meses|mes|mois|monate|monaten|bulan|thang|weeks|week|days|dias|jours|tage|hari",
    "group": "group|groups|grupo|groupe|gruppe|kelompok|range|bracket|band|category|rango|faixa|faixa etaria|tranche|nhom|interval|年代",
    "unit": "unit|units|unidad|unite|unidade|einheit|satuan|don vi|type|tp|tipo|jenis|hinh thuc|medida|unidad de medida",
    "workplace": "workplace|work place|noi lam viec|noi cong tac|noi hoc|noi hoc tap|hoc|hoc tap|lam viec|co quan|truong hoc|lop|lop hoc|kelas|bo phan|phong ban|khoa phong|lieu de travail|lugar de trabajo",
    "work": "occupation|ocupacion|ocupacao|profession|profesion|profissao|job|beruf|pekerjaan|metier|emploi|nghe nghiep|nghe|職業|职业|직업",
    "nation": "nationality|nacionalidad|nationalite|nacionalidade|staatsangehorigkeit|kewarganegaraan|nationalities|quoc tich|国籍|國籍|국적",
    "class": "classification|clasificacion|classificacao|klassifikation|klasifikasi|class|classif|case def|case definition|epi case def|classi|phan loai|phan loai ca benh",
    "final": "final|finale|fin|resumen|summary|cuoi cung",
    "other": "other|others|otros|outros|autres|khac",
    "signs": "signs|signos|sinais|signes|dau hieu|bieu hien",
    "kind": "method|metodo|methode|phuong phap",
}

VOCABULARY: Final[dict[str, str]] = {}
"""Each phrase, its words joined by one blank, against what it says; `data` may end a word of two uses, the first named keeps it."""
for _meaning, _phrases in _WORDS.items():
    for _phrase in _phrases.split("|"):
        VOCABULARY.setdefault(_phrase, _meaning)
LONGEST: Final = max(len(phrase.split()) for phrase in VOCABULARY)
LONGEST_SIGNS: Final = max(len(phrase) for phrase in VOCABULARY if not phrase.isascii())
